package org.relayd.runtime.worker.linux;

import java.util.ArrayList;
import java.util.List;

/**
 * A program of classic BPF that says which system calls may be made. seccomp(2): the kernel runs it before each call
 * whose answer may depend on its arguments; of the others it has kept the answers since release 5.11.
 */
final class FilterProgram {
    /** Loads a word of struct seccomp_data. */
    private static final int LOAD = 0x20;
    private static final int IF_EQUAL = 0x15;
    private static final int IF_AT_LEAST = 0x35;
    private static final int IF_ANY_BIT = 0x45;
    private static final int ANSWER = 0x06;

    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int FIRST_LOW = 16;

    private static final int ALLOW = 0x7fff0000;
    private static final int KILL = 0x80000000;
    private static final int ERROR = 0x00050000;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;

    /** CLONE_THREAD: a thread and not a process. */
    private static final int OF_A_THREAD = 0x10000;
    /** All CLONE_NEW flags of clone(2), of namespaces. */
    private static final int OF_NAMESPACES = 0x7e020000;
    /** Calls by the numbers of another system interface of x86-64. */
    private static final int X32 = 0x40000000;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    /** One instruction: struct sock_filter. */
    record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

    /** Numbers of what an architecture has. */
    private record Numbers(int architecture, int thread, int clone3, int kill, int tgkill, int sigqueue, int tgsigqueue,
            int socket) {

        static Numbers of(boolean amd64) {
            return amd64 ? new Numbers(0xc000003e, 56, 435, 62, 234, 129, 297, 41)
                    : new Numbers(0xc00000b7, 220, 435, 129, 131, 138, 240, 198);
        }
    }

    private final List<Instruction> program = new ArrayList<>();

    private FilterProgram() {}

    /**
     * Returns the program for a process.
     *
     * @param pid
     *            number of the process, the only one that it may send signals to
     * @param amd64
     *            whether the machine is an x86-64, and not an ARM of 64 bits
     */
    static List<Instruction> of(int pid, boolean amd64) {
        FilterProgram filter = new FilterProgram();
        filter.write(pid, Numbers.of(amd64), amd64);
        return List.copyOf(filter.program);
    }

    private void write(int pid, Numbers numbers, boolean amd64) {
        load(ARCHITECTURE);
        unless(IF_EQUAL, numbers.architecture, KILL);
        load(NUMBER);
        if (amd64) {
            when(IF_AT_LEAST, X32, ERROR | ENOSYS);
        }
        DeniedCall.numbers(amd64).sorted().forEach(number -> when(IF_EQUAL, number, ERROR | EPERM));
        // The C library then makes its threads by clone(2), whose flags can be seen here.
        when(IF_EQUAL, numbers.clone3, ERROR | ENOSYS);
        // To this process only: the virtual machine stops its threads by signals.
        for (int signal : new int[]{numbers.kill, numbers.tgkill, numbers.sigqueue, numbers.tgsigqueue}) {
            // Load, compare, refuse, allow.
            skipUnless(signal, 4);
            load(FIRST_LOW);
            unless(IF_EQUAL, pid, ERROR | EPERM);
            answer(ALLOW);
        }
        skipUnless(numbers.thread, 6);
        load(FIRST_LOW);
        unless(IF_ANY_BIT, OF_A_THREAD, ERROR | EPERM);
        when(IF_ANY_BIT, OF_NAMESPACES, ERROR | EPERM);
        answer(ALLOW);
        skipUnless(numbers.socket, 6);
        load(FIRST_LOW);
        when(IF_EQUAL, AF_INET, ALLOW);
        unless(IF_EQUAL, AF_INET6, ERROR | EAFNOSUPPORT);
        answer(ALLOW);
        answer(ALLOW);
    }

    private void load(int offset) {
        add(new Instruction(LOAD, 0, 0, offset));
    }

    private void answer(int action) {
        add(new Instruction(ANSWER, 0, 0, action));
    }

    private void when(int condition, int operand, int action) {
        add(new Instruction(condition, 0, 1, operand));
        answer(action);
    }

    private void unless(int condition, int operand, int action) {
        add(new Instruction(condition, 1, 0, operand));
        answer(action);
    }

    private void skipUnless(int number, int instructions) {
        add(new Instruction(IF_EQUAL, 0, instructions, number));
    }

    private void add(Instruction instruction) {
        program.add(instruction);
    }
}
