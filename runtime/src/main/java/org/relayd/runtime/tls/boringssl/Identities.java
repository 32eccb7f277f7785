package org.relayd.runtime.tls.boringssl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.TlsException;

/** Which certificates are shown for which name. */
final class Identities {
    private final List<Material> all = new ArrayList<>();
    private final Map<String, List<Material>> byName = new HashMap<>();
    private List<Material> byDefault = List.of();
    private boolean ambiguous;

    private Identities() {}

    /**
     * Takes identities into the library.
     *
     * @throws TlsException
     *             if it refuses one; nothing is left of the others then
     */
    static Identities of(List<Identity> identities, FasterKeys faster, Census census) throws TlsException {
        Identities made = new Identities();
        try {
            for (Identity identity : identities) {
                made.add(identity, faster, census);
            }
        } catch (TlsException refused) {
            made.free();
            throw refused;
        }
        made.byDefault = made.besides(identities.getFirst());
        made.ambiguous = made.isAnyAmbiguous();
        return made;
    }

    private void add(Identity identity, FasterKeys faster, Census census) throws TlsException {
        Material material = Material.of(identity, faster, census);
        all.add(material);
        for (String name : Set.copyOf(identity.names())) {
            byName.computeIfAbsent(name, same -> new ArrayList<>()).add(material);
        }
    }

    /** The first one, and others for one of its names: those have keys of other kinds. */
    private List<Material> besides(Identity first) {
        Set<Material> same = new LinkedHashSet<>(List.of(all.getFirst()));
        first.names().forEach(name -> same.addAll(byName.get(name)));
        return List.copyOf(same);
    }

    /**
     * Returns what is shown to somebody, in order; never empty.
     *
     * @param asked
     *            name by {@link #asked}
     */
    List<Material> of(Optional<String> asked) {
        if (asked.isEmpty()) {
            return byDefault;
        }
        String name = asked.get();
        List<Material> exact = byName.get(name);
        if (exact != null) {
            return exact;
        }
        int dot = name.indexOf('.');
        return dot <= 0 ? byDefault : byName.getOrDefault("*" + name.substring(dot), byDefault);
    }

    /** Returns whether the library asks for signatures of one of them. */
    boolean anyAsked() {
        return all.stream().anyMatch(Material::isAsked);
    }

    private boolean isAnyAmbiguous() {
        return byName.values().stream().anyMatch(same -> same.stream().filter(Material.Chain.class::isInstance)
                .map(Material::isElliptic).distinct().count() > 1);
    }

    /** Returns whether the library is to be told which of two, whose keys are elsewhere, a client can read. */
    boolean anyChosenHere() {
        return ambiguous;
    }

    /** Returns the one that is shown to everybody, if there is no other. */
    Optional<Material> only() {
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    /** Frees all. */
    void free() {
        all.forEach(Material::free);
        all.clear();
    }

    /** Returns the name that a client asks for; empty if it cannot be one. */
    static Optional<String> asked(String name) {
        return Optional.ofNullable(name).map(Identities::folded).filter(Identities::isName);
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(letter -> (letter >= 'a' && letter <= 'z')
                || (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' || letter == '_');
    }

    /** Returns a name in lower case and without a last dot. */
    static String folded(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
