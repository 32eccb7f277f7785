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
