package org.relayd.runtime.worker.linux;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A system call that nothing in the worker makes, neither its virtual machine nor its libraries, and that somebody who
 * had taken it over might. Numbers of x86-64 and of the architectures that share the generic table; from 424 on they
 * are the same.
 */
enum DeniedCall {
    // Other processes, and other programs.
    PTRACE(101, 117), PROCESS_VM_READV(310, 270), PROCESS_VM_WRITEV(311, 271), PROCESS_MADVISE(440),
    PROCESS_MRELEASE(448), PIDFD_OPEN(434), PIDFD_GETFD(438), PIDFD_SEND_SIGNAL(424), KCMP(312, 272), TKILL(200, 130),
    EXECVE(59, 221), EXECVEAT(322, 281), FORK(57), VFORK(58), MOVE_PAGES(279, 239), MIGRATE_PAGES(256, 238),
    // Who it is.
    SETUID(105, 146), SETGID(106, 144), SETREUID(113, 145), SETREGID(114, 143), SETRESUID(117, 147),
    SETRESGID(119, 149), SETFSUID(122, 151), SETFSGID(123, 152), SETGROUPS(116, 159), CAPSET(126, 91),
    PERSONALITY(135, 92), SETNS(308, 268), UNSHARE(272, 97),
    // File systems.
    MOUNT(165, 40), UMOUNT(166, 39), PIVOT_ROOT(155, 41), CHROOT(161, 51), OPEN_TREE(428), MOVE_MOUNT(429),
    FSOPEN(430), FSCONFIG(431), FSMOUNT(432), FSPICK(433), MOUNT_SETATTR(442), OPEN_TREE_ATTR(467),
    OPEN_BY_HANDLE_AT(304, 265), NAME_TO_HANDLE_AT(303, 264), MKNOD(133), MKNODAT(259, 33), FANOTIFY_INIT(300, 262),
    QUOTACTL(179, 60), QUOTACTL_FD(443), SWAPON(167, 224), SWAPOFF(168, 225), ACCT(163, 89),
    // The machine.
    INIT_MODULE(175, 105), FINIT_MODULE(313, 273), DELETE_MODULE(176, 106), REBOOT(169, 142), KEXEC_LOAD(246, 104),
    KEXEC_FILE_LOAD(320, 294), CLOCK_SETTIME(227, 112), CLOCK_ADJTIME(305, 266), SETTIMEOFDAY(164, 170),
    ADJTIMEX(159, 171), SETHOSTNAME(170, 161), SETDOMAINNAME(171, 162), SYSLOG(103, 116), VHANGUP(153, 58),
    IOPL(172), IOPERM(173), MODIFY_LDT(154),
    // Parts of the kernel that had many faults.
    BPF(321, 280), PERF_EVENT_OPEN(298, 241), USERFAULTFD(323, 282), IO_URING_SETUP(425), IO_URING_ENTER(426),
    IO_URING_REGISTER(427), ADD_KEY(248, 217), REQUEST_KEY(249, 218), KEYCTL(250, 219);

    /** The first number of the calls that all architectures number alike. */
    private static final int ALIKE = 424;

    private final int amd64;
    private final OptionalInt generic;

    DeniedCall(int number) {
        amd64 = number;
        generic = number >= ALIKE ? OptionalInt.of(number) : OptionalInt.empty();
    }

    DeniedCall(int amd64, int generic) {
        this.amd64 = amd64;
        this.generic = OptionalInt.of(generic);
    }

    /** Returns the numbers of all of them, on x86-64 or else. */
    static IntStream numbers(boolean amd64) {
        return Arrays.stream(values())
                .flatMapToInt(call -> amd64 ? IntStream.of(call.amd64) : call.generic.stream());
    }
}
