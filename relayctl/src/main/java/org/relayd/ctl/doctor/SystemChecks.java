package org.relayd.ctl.doctor;

import java.util.List;
import org.relayd.ir.control.ControlReply.Need;
import org.relayd.ir.term.OperatingSystem;

/** What one system has to be asked. */
sealed interface SystemChecks permits LinuxChecks, BsdChecks {

    /** Returns what is wrong with this family's forwarding. */
    List<Finding> forwarding(boolean inet6);

    /** Returns what is wrong with the packet filter, and why it would not heed our rules. */
    List<Finding> packetFilter();

    /** Returns why the process cannot do what the capability allows. */
    List<Finding> privilege(Need need);

    /** Returns why packets would be dropped that come in on another interface than their answers go out on. */
    List<Finding> anyPath();

    /** Returns whether clients' packets do not come to a port of this machine. */
    List<Finding> openPort(Endpoint port);

    /** Returns whether packets to a port of another machine are not passed on. */
    List<Finding> passedPort(Endpoint port);

    /** Returns whether somebody else listens where relayd would. */
    List<Finding> freePort(Endpoint port);

    /** Returns whether the process can open too few files. */
    List<Finding> openFiles(Need need);

    /** Returns what is wrong with the process that has no rights. */
    List<Finding> worker(Need need);

    /** Returns why root's relayd does not run, as far as the system knows it. */
    List<Finding> service();

    /** Returns what is wrong whatever the services need. */
    List<Finding> always();

    /** Returns the command that gives the machine an address. */
    String addAddress(String address, boolean inet6);

    /** Returns the command that shows the names of interfaces. */
    String showInterfaces();

    /** Returns those of the machine's system. */
    static SystemChecks of(Machine machine, OperatingSystem system) {
        return switch (system) {
            case OPENBSD -> new BsdChecks(machine, false);
            case FREEBSD -> new BsdChecks(machine, true);
            case LINUX, OTHER -> new LinuxChecks(machine);
        };
    }
}
