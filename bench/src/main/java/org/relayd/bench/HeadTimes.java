package org.relayd.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.relayd.ir.term.Direction;
import org.relayd.runtime.relay.http.head.ConnectionOptions;
import org.relayd.runtime.relay.http.head.HeadParser;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.http.head.HeadWriter;
import org.relayd.runtime.relay.http.head.HostField;
import org.relayd.runtime.relay.http.head.MessageHead;

/**
 * What heads of many lines cost beside ordinary ones: CPU time for reading one, taking out what ends at this hop and
 * writing it sorted, without the relay around it. Prints medians, and the ratio to 40 fields in 4,000 octets.
 */
public final class HeadTimes {
    private static final int ROUNDS = 7;
    /** Octets of heads for each round. */
    private static final long WORK = 10_000_000;
    /** That of dialect 5.1. */
    private static final int LIMIT = 131_072;
    private static final String[] NAMES = {"Accept", "Accept-Language", "Accept-Encoding", "User-Agent", "Referer",
            "Cookie", "Cache-Control", "X-Request-Id", "Sec-Fetch-Mode", "Sec-Fetch-Site", "If-None-Match",
            "X-Forwarded-For", "Via", "Origin", "DNT", "Pragma"};

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final MessageHead head = new MessageHead();
    private final HeadWriter writer = new HeadWriter();
    private HeadVerdict verdict = HeadVerdict.COMPLETE;

    private HeadTimes() {}

    /** Measures all heads, twice: the second table counts. */
    public static void main(String[] arguments) {
        Random random = new Random(1);
        Map<String, String> heads = new LinkedHashMap<>();
        heads.put("15 fields, 700 octets", ordinary(15, 700));
        heads.put("40 fields, 4000 octets", ordinary(40, 4000));
        heads.put("160 fields, 16000 octets", ordinary(160, 16_000));
        heads.put("128 names of one letter", lines(128, i -> letter(random.nextInt(26))));
        heads.put("128 names of 12 letters", lines(128, i -> letters(random, 12)));
        heads.put("510 names of one letter", lines(510, i -> letter(random.nextInt(26))));
        heads.put("510 names of 12 letters", lines(510, i -> letters(random, 12)));
        heads.put("4000 names of one letter", lines(4000, i -> letter(random.nextInt(26))));
        heads.put("60000 names of one letter", lines(60_000, i -> letter(random.nextInt(26))));
        heads.put("3500 options of Connection", "Connection: " + "q,".repeat(3500) + "\r\n");
        HeadTimes times = new HeadTimes();
        for (int table = 0; table < 2; table++) {
            double ordinary = times.median(heads.get("40 fields, 4000 octets"));
            heads.forEach((name, lines) -> {
                double time = times.median(lines);
                System.out.printf(Locale.ROOT, "%-42s %7d octets %9.2f us %7.1f  %s%n", name, lines.length(),
                        time / 1000, time / ordinary, times.verdict);
            });
            System.out.println();
        }
    }

    private static String ordinary(int fields, int octets) {
        return IntStream.range(0, fields).mapToObj(i -> {
            String name = NAMES[i % NAMES.length] + (i < NAMES.length ? "" : "-" + i);
            return name + ": " + "v".repeat(Math.max(1, octets / fields - name.length() - 4)) + "\r\n";
        }).collect(Collectors.joining());
    }

    private static String lines(int count, IntFunction<String> name) {
        return IntStream.range(0, count).mapToObj(name).map(text -> text + ":\r\n").collect(Collectors.joining());
    }

    private static String letter(int number) {
        return Character.toString((char) ('a' + number));
    }

    private static String letters(Random random, int count) {
        return IntStream.range(0, count).mapToObj(_ -> letter(random.nextInt(26))).collect(Collectors.joining());
    }

    /** Returns the nanoseconds of CPU time for one head. */
    private double median(String lines) {
        byte[] octets = ("GET / HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuf come = Unpooled.directBuffer(octets.length).writeBytes(octets);
        int heads = (int) Math.max(10, WORK / octets.length);
        double[] rounds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < heads; i++) {
                pass(come);
            }
            rounds[round] = (threads.getCurrentThreadCpuTime() - start) / (double) heads;
        }
        come.release();
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    private void pass(ByteBuf come) {
        head.load(come, come.readableBytes());
        verdict = HeadParser.request(head, LIMIT);
        if (verdict != HeadVerdict.COMPLETE) {
            return;
        }
        HostField.settle(head);
        ConnectionOptions.removeHopByHop(head);
        ConnectionOptions.settle(head);
        writer.writeSorted(head, Direction.REQUEST);
    }
}
