package org.relayd.runtime.relay;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.relayd.runtime.tls.TestCertificates;

/**
 * What private keys look like in memory: their secret numbers in both byte orders, the first and the last octets of
 * each, and lines of their PEM text. Found by looking at all memory of a process that can be read.
 */
final class KeyTraces {
    private static final int LENGTH = 16;
    private static final int CHUNK = 1 << 20;
    /** Octets of a line of PEM, and of what stands before the secret in the text of a key of P-256. */
    private static final int LINE = 64;
    private static final int BEFORE_SCALAR = 48;
    /** Lines of PEM of a key of RSA-2048 that hold what is public. */
    private static final int PUBLIC_LINES = 8;

    /** By what they begin with. */
    private final Map<Integer, Map<String, byte[]>> patterns = new HashMap<>();
    private final boolean[] beginnings = new boolean[1 << Short.SIZE];

    private KeyTraces() {}

    /** Returns those of some keys. */
    static KeyTraces of(TestCertificates... all) {
        KeyTraces traces = new KeyTraces();
        for (TestCertificates one : all) {
            numbers(one.keys().getPrivate()).forEach(traces::addNumber);
            traces.addText(one);
        }
        return traces;
    }

    private static Map<String, BigInteger> numbers(PrivateKey key) {
        Map<String, BigInteger> numbers = new LinkedHashMap<>();
        switch (key) {
            case ECPrivateKey curve -> numbers.put("scalar", curve.getS());
            case RSAPrivateCrtKey rsa -> {
                numbers.put("d", rsa.getPrivateExponent());
                numbers.put("p", rsa.getPrimeP());
                numbers.put("q", rsa.getPrimeQ());
                numbers.put("dp", rsa.getPrimeExponentP());
                numbers.put("dq", rsa.getPrimeExponentQ());
                numbers.put("qinv", rsa.getCrtCoefficient());
            }
            default -> throw new IllegalArgumentException(key.getAlgorithm());
        }
        return numbers;
    }

    private void addNumber(String name, BigInteger number) {
        byte[] forwards = number.toByteArray();
        byte[] octets = forwards[0] == 0 ? Arrays.copyOfRange(forwards, 1, forwards.length) : forwards;
        byte[] backwards = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            backwards[i] = octets[octets.length - 1 - i];
        }
        add(name + " head", Arrays.copyOf(octets, LENGTH));
        add(name + " tail", Arrays.copyOfRange(octets, octets.length - LENGTH, octets.length));
        add(name + " head, lowest octet first", Arrays.copyOf(backwards, LENGTH));
        add(name + " tail, lowest octet first", Arrays.copyOfRange(backwards, octets.length - LENGTH, octets.length));
    }

    private void addText(TestCertificates one) {
        List<String> lines = one.keyPem().lines().filter(line -> !line.startsWith("-----")).toList();
        if (one.keys().getPrivate() instanceof ECPrivateKey) {
            add("PEM of EC", ascii(lines.getFirst().substring(BEFORE_SCALAR, LINE)));
            return;
        }
        for (String line : lines.subList(PUBLIC_LINES, lines.size() - 1)) {
            add("PEM of RSA", ascii(line.substring(0, LENGTH)));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void add(String name, byte[] pattern) {
        int beginning = beginning(pattern, 0);
        beginnings[beginning] = true;
        Map<String, byte[]> same = patterns.computeIfAbsent(beginning, _ -> new HashMap<>());
        same.put(name + " " + same.size(), pattern);
    }

    private static int beginning(byte[] octets, int at) {
        return (octets[at] & 0xff) << Byte.SIZE | (octets[at + 1] & 0xff);
    }

    /** Returns the names of those that are in the memory of a process, or of the first that are, if that is enough. */
    Set<String> in(long pid, int enough) throws IOException {
        Set<String> found = new TreeSet<>();
        long octets = 0;
        try (RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "r")) {
            for (Region region : regions(pid)) {
                octets += look(memory, region, found);
                if (found.size() >= enough) {
                    return found;
                }
            }
        }
        if (octets < CHUNK) {
            throw new IOException("only " + octets + " octets could be read of process " + pid);
        }
        return found;
    }

    private record Region(long from, long to) {}

    private static List<Region> regions(long pid) throws IOException {
        List<Region> regions = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/maps"))) {
            String[] words = line.split("[- ]+", 4);
            boolean readable = words[2].startsWith("r") && !line.endsWith("[vvar]") && !line.endsWith("[vsyscall]")
                    && !line.endsWith("[vvar_vclock]");
            if (readable) {
                regions.add(new Region(Long.parseUnsignedLong(words[0], 16), Long.parseUnsignedLong(words[1], 16)));
            }
        }
        return regions;
    }

    private long look(RandomAccessFile memory, Region region, Set<String> found) {
        byte[] chunk = new byte[CHUNK + LENGTH];
        long octets = 0;
        for (long at = region.from; at < region.to; at += CHUNK) {
            int wanted = (int) Math.min(chunk.length, region.to - at);
            try {
                memory.seek(at);
                memory.readFully(chunk, 0, wanted);
            } catch (IOException unreadable) {
                // Such as what lies behind the end of a mapped file.
                continue;
            }
            octets += wanted;
            look(chunk, wanted, found);
        }
        return octets;
    }

    private void look(byte[] chunk, int count, Set<String> found) {
        for (int i = 0; i + LENGTH <= count; i++) {
            int beginning = beginning(chunk, i);
            if (beginnings[beginning]) {
                int at = i;
                patterns.get(beginning).forEach((name, pattern) -> {
                    if (Arrays.equals(chunk, at, at + LENGTH, pattern, 0, LENGTH)) {
                        found.add(name);
                    }
                });
            }
        }
    }
}
