package org.relayd.runtime.parent.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Permits that a test changes. */
public final class OpenPermits implements KeyPermits {
    public final Set<String> known = ConcurrentHashMap.newKeySet();
    public final Set<String> keys = ConcurrentHashMap.newKeySet();
    public final Map<String, List<Authority>> authorities = new ConcurrentHashMap<>();

    /** Names an authority's key. */
    public void authority(String key, String certificate, String password) {
        authorities.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Authority(certificate, password));
        known.add(certificate);
    }

    @Override
    public boolean mayRead(String path) {
        return known.contains(path);
    }

    @Override
    public boolean mayOpenKey(String path) {
        return keys.contains(path);
    }

    @Override
    public List<Authority> authorities(String path) {
        return authorities.getOrDefault(path, List.of());
    }
}
