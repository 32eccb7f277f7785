package org.relayd.runtime.worker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.relayd.ir.term.OperatingSystem;

class ConfinementTest {
    /** struct seccomp_data of a call on x86-64, by the program itself. */
    private static final int ALLOW = 0x7fff0000;
    private static final int OURS = 4711;

    private static int answer(boolean amd64, int architecture, int number, int first) {
        List<FilterProgram.Instruction> program = FilterProgram.of(OURS, amd64);
        int accumulator = 0;
        for (int at = 0; at < program.size(); at++) {
            FilterProgram.Instruction instruction = program.get(at);
            int operand = instruction.operand();
            switch (instruction.code()) {
                case 0x20 -> accumulator = operand == 0 ? number : operand == 4 ? architecture : first;
                case 0x06 -> {
                    return operand;
                }
                default -> {
                    boolean holds = switch (instruction.code()) {
                        case 0x15 -> accumulator == operand;
                        case 0x35 -> Integer.compareUnsigned(accumulator, operand) >= 0;
                        default -> (accumulator & operand) != 0;
                    };
                    at += holds ? instruction.ifTrue() : instruction.ifFalse();
                }
            }
        }
        throw new AssertionError("the program has no end");
    }

    private static int amd64(int number, int first) {
        return answer(true, 0xc000003e, number, first);
    }

    @Test
    void whatIsDeniedIsDeniedAndNothingElse() {
        Set<Integer> denied = DeniedCall.numbers(true).boxed().collect(Collectors.toCollection(HashSet::new));
        assertEquals(DeniedCall.values().length, denied.size(), "a number twice");
        // clone3, the signals, clone and socket have conditions.
        Set<Integer> conditional = Set.of(435, 62, 234, 129, 297, 56, 41);
        for (int number = 0; number < 600; number++) {
            if (!conditional.contains(number)) {
                assertEquals(denied.contains(number) ? 0x50001 : ALLOW, amd64(number, 1), "call " + number);
            }
        }
        assertEquals(0x50001, answer(false, 0xc00000b7, 221, 0), "execve on an ARM");
        assertEquals(ALLOW, answer(false, 0xc00000b7, 63, 0), "read on an ARM");
    }

    @Test
    void otherInterfacesOfTheKernelAreClosed() {
        assertEquals(0x80000000, answer(true, 0x40000003, 1, 0), "32 bits");
        assertEquals(0x50000 | 38, amd64(0x40000000 | 1, 0), "x32");
        assertEquals(0x50000 | 38, amd64(435, 0), "clone3");
    }

    @Test
    void signalsGoToThisProcessOnly() {
        for (int call : new int[]{62, 234, 129, 297}) {
            assertEquals(ALLOW, amd64(call, OURS));
            assertEquals(0x50001, amd64(call, OURS + 1));
            assertEquals(0x50001, amd64(call, -1));
        }
    }

    @Test
    void threadsAreMadeAndNoProcesses() {
        int thread = 0x3d0f00;
        assertEquals(ALLOW, amd64(56, thread));
        assertEquals(0x50001, amd64(56, 0x1200011), "fork");
        assertEquals(0x50001, amd64(56, thread | 0x10000000), "a namespace of users");
    }

    @Test
    void socketsAreOfTheInternet() {
        assertEquals(ALLOW, amd64(41, 2));
        assertEquals(ALLOW, amd64(41, 10));
        for (int family : new int[]{1, 16, 17, 38, 40}) {
            assertEquals(0x50000 | 97, amd64(41, family), "family " + family);
        }
    }

    /** What the probe says, that is in a process of its own. */
    private List<String> probe() throws Exception {
        assumeTrue(OperatingSystem.ofThisMachine() == OperatingSystem.LINUX, "not Linux");
        List<String> command = new ArrayList<>();
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                ConfinedProbe.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                .toList();
        assertEquals(0, process.waitFor(), lines::toString);
        return lines;
    }

    @Test
    void aVirtualMachineLivesInIt() throws Exception {
        List<String> lines = probe();
        assertTrue(lines.contains("Seccomp:\t2") && lines.contains("NoNewPrivs:\t1"), lines::toString);
        assertEquals(List.of("process: refused", "unix socket: refused", "sockets: work",
                "threads: work", "garbage: collected", "files: work"),
                lines.stream().filter(line -> line.contains(": ")).toList());
    }
}
