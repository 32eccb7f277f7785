package org.relayd.compiler.check.section;

import java.util.Optional;
import org.relayd.compiler.certificate.FileFault;
import org.relayd.compiler.check.state.Similar;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.ProtocolCode;
import org.relayd.ir.diagnostic.RedirectCode;
import org.relayd.ir.diagnostic.RelayCode;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;

/** Messages about relays. relayd.conf(5): RELAYS. */
final class RelayErrors {
    private RelayErrors() {}

    /**
     * The words of dialect 5.1, which compares names of relays, and names and listeners of their further listen lines.
     */
    static Diagnostic definedTwice(String name, Span place, Span first) {
        return Diagnostic.at(RelayCode.RELAY_DEFINED_TWICE, place, "relay " + name + " defined twice")
                .labelled(first, "first one");
    }

    static Diagnostic relayOrListenerTwice(String name, Span place, Span first) {
        return Diagnostic.at(RelayCode.RELAY_DEFINED_TWICE, place, "relay " + name + " or listener defined twice")
                .labelled(first, "first one");
    }

    static Diagnostic nameTooLong(Text name) {
        return Diagnostic.at(RelayCode.RELAY_NAME_TOO_LONG, name.span(), "relay name truncated")
                .captioned("longer than 255 bytes");
    }

    static Diagnostic madeNameTooLong(String name, Span closing, Span listen) {
        return Diagnostic.at(RelayCode.RELAY_NAME_TOO_LONG, closing, "invalid relay name")
                .labelled(listen, "this line makes a relay called " + name);
    }

    static Diagnostic invalidListen(Text address) {
        return Diagnostic.at(RelayCode.INVALID_LISTEN_ADDRESS, address.span(), "invalid listen ip: " + address.value())
                .captioned("no numeric address, no interface, and the name does not resolve");
    }

    /** {@code kind} is {@code listen} in dialect 5.1, which has no words of its own for forward lines. */
    static Diagnostic invalidForward(Text address, String kind) {
        return Diagnostic.at(RelayCode.INVALID_FORWARD_ADDRESS, address.span(),
                "invalid " + kind + " ip: " + address.value())
                .captioned("no numeric address, no interface, and the name does not resolve");
    }

    static Diagnostic withoutListener(Text relay, Span closing) {
        return Diagnostic.at(RelayCode.RELAY_WITHOUT_LISTENER, closing, "relay " + relay.value() + " has no listener")
                .helped("add a line such as: listen on 127.0.0.1 port 8080");
    }

    static Diagnostic withoutTarget(Text relay, Span closing) {
        return Diagnostic.at(RelayCode.RELAY_WITHOUT_TARGET, closing,
                "relay " + relay.value() + " has no target, rdr, or table")
                .helped("add a line such as: forward to <table> port 80 check tcp");
    }

    static Diagnostic conflictingTargets(Text relay, Span closing) {
        return Diagnostic.at(RelayCode.CONFLICTING_TARGETS, closing,
                "relay " + relay.value() + " with conflicting nat lookup and peer options");
    }

    static Diagnostic secondTarget(String relay, Span target, Span first) {
        return Diagnostic.at(RelayCode.SECOND_TARGET, target,
                "relay " + relay + " target or redirection already specified").labelled(first, "first target")
                .helped("put several hosts into a table");
    }

    /** {@code kind} is {@code redirections} in the words of dialect 5.1, {@code relays} in those of the current one. */
    static Diagnostic noRoute(Span line, String kind) {
        return Diagnostic.at(RelayCode.NO_ROUTE, line, "no route for " + kind).helped("write forward to");
    }

    static Diagnostic missingInterface(Span line) {
        return Diagnostic.at(RedirectCode.MISSING_INTERFACE, line, "missing interface")
                .helped("name the interface that answers come in on: interface em0");
    }

    static Diagnostic superfluousInterface(Text name) {
        return Diagnostic.at(RedirectCode.SUPERFLUOUS_INTERFACE, name.span(), "superfluous interface")
                .helped("an interface belongs to transparent forward only");
    }

    static Diagnostic invalidRetry(Count retry, int value) {
        return Diagnostic.at(RelayCode.INVALID_RETRY, retry.span(), "invalid retry value: " + value)
                .captioned("must be 0 or more");
    }

    static Diagnostic unknownProtocol(Text name, Optional<Similar> similar, boolean refusedAbove) {
        Diagnostic error = Diagnostic.at(ProtocolCode.UNKNOWN_PROTOCOL, name.span(),
                "no such protocol: " + name.value());
        if (refusedAbove) {
            return error.captioned("its definition above was refused");
        }
        Diagnostic captioned = error.captioned("not defined above this line");
        return similar.map(meant -> captioned.labelled(meant.definition(), "similar name defined here")
                .helped("write " + meant.name() + ", or define " + name.value() + " above this relay"))
                .orElse(captioned);
    }

    static Diagnostic protocolTwice(Text name, Span first) {
        return Diagnostic.at(RelayCode.PROTOCOL_TWICE, name.span(), "more than one protocol specified")
                .labelled(first, "first protocol");
    }

    static Diagnostic protocolReplaced(Text name, Span first) {
        return Diagnostic.at(AdviceCode.OVERRIDDEN, name.span(), "this protocol replaces the one above")
                .labelled(first, "has no effect");
    }

    /** {@code missing} is the first file that there is not, {@code looked} all that would have done. */
    static Diagnostic missingCertificates(String relay, Span place, Span line, String missing, String looked) {
        Diagnostic error = Diagnostic
                .at(RelayCode.MISSING_CERTIFICATE, place, "cannot load certificates for relay " + relay)
                .captioned("no " + missing).noted("looked for " + looked);
        return place.equals(line) ? error : error.labelled(line, "needed here");
    }

    /** {@code what} is versions, ciphers or curves. */
    static Diagnostic nothingToOffer(String relay, Optional<Span> place, Span line, String what) {
        Diagnostic error = Diagnostic.at(ProtocolCode.NOTHING_TO_OFFER, place.orElse(line),
                "relay " + relay + " has no TLS " + what + " to offer");
        return place.isPresent() ? error.labelled(line, "needed here") : error;
    }

    static Diagnostic missingKeypair(String keypair, String relay, Span place, Span line, String missing,
            String looked) {
        return Diagnostic.at(RelayCode.MISSING_KEYPAIR, place, "cannot load keypair " + keypair + " for relay " + relay)
                .captioned("no " + missing).labelled(line, "needed here").noted("looked for " + looked);
    }

    /** {@code what} is certificates or the keypair that a file belongs to. */
    static Diagnostic unusable(String what, String relay, Span place, Span line, FileFault fault) {
        Diagnostic error = Diagnostic
                .at(RelayCode.UNUSABLE_CERTIFICATE, place, "cannot load " + what + " for relay " + relay)
                .captioned(fault.toString());
        return place.equals(line) ? error : error.labelled(line, "needed here");
    }

    static Diagnostic keypairForFurtherListen(String relay, Span line) {
        return Diagnostic
                .at(AdviceCode.NOT_PORTABLE, line, "OpenBSD has no keypairs for the second listen line of a relay")
                .noted("relay " + relay + " shows them here");
    }

    static Diagnostic inet6Prefix(Text prefix) {
        return Diagnostic.at(RelayCode.INET6_PREFIX, prefix.span(), "invalid inet6 prefix: " + prefix.value())
                .captioned("no numeric IPv6 address");
    }

    static Diagnostic overridden(Span by, String what, Span earlier) {
        return Diagnostic.at(AdviceCode.OVERRIDDEN, by, what).labelled(earlier, "has no effect");
    }

    static Diagnostic unusedAddress(Span target) {
        return Diagnostic.at(AdviceCode.NO_EFFECT, target, "connections never go to this address")
                .captioned("next to a table it is not used, not even while all hosts are down")
                .helped("for a target of last resort, write a second table of one host");
    }

    static Diagnostic manyHosts(Span use, int hosts) {
        return Diagnostic.at(AdviceCode.MANY_HOSTS, use, "OpenBSD's relays take 32 hosts in a table")
                .captioned("has " + hosts + " hosts");
    }

    static Diagnostic tlsOverUdp(Span line, Span protocol) {
        return Diagnostic.at(RelayCode.TLS_OVER_UDP, line, "tls over udp is not supported")
                .labelled(protocol, "a dns protocol, which runs over UDP");
    }

    static Diagnostic transparentFamily(Span target, String named, IpFamily targets, Span listen, IpFamily clients) {
        return Diagnostic.at(RelayCode.TRANSPARENT_FAMILY, target,
                "transparent forward from " + clients.word() + " to " + targets.word())
                .captioned(named + " has " + targets.word() + " addresses")
                .labelled(listen, "clients have " + clients.word() + " addresses")
                .helped("leave out transparent, or listen and forward to addresses of one family");
    }

    static Diagnostic interfaceWithoutEffect(Text name) {
        return Diagnostic.at(AdviceCode.NOT_PORTABLE, name.span(), "the interface has no effect in the current dialect")
                .helped("leave it out");
    }
}
