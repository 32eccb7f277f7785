package org.relayd.runtime.hce.check;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDatagramChannel;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Table;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.plan.HealthPlan;
import org.relayd.runtime.Log;
import org.relayd.runtime.ResponseReading;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.CheckRights.EchoSocket;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.FailedCall;
import org.relayd.runtime.tls.TlsEngine;

/** All kinds of checks. Holds what the checks of a kind share: the sockets of ICMP and the TLS context. */
public final class Checkers implements Function<HealthCheck, Checker>, AutoCloseable {
    private static final int SIXTEEN_BITS = 0xffff;
    private static final Set<ErrorName> FORBIDDEN = Set.of(ErrorName.EPERM, ErrorName.EACCES);

    private final CheckSockets sockets;
    private final RandomGenerator queryIds = new SecureRandom();
    private final CheckRights rights;
    private final Supplier<ResponseReading> answers;
    private final int echoId;
    private final Log log;
    private final Map<IpFamily, EchoChannel> echoes = new ConcurrentHashMap<>();
    private final Supplier<TlsEngine> library;
    private Optional<CheckTls> tls = Optional.empty();

    /**
     * Creates the checkers.
     *
     * @param sockets
     *            makes sockets on the engine thread
     * @param rights
     *            opens ICMP sockets and runs scripts
     * @param answers
     *            reads one HTTP response each
     * @param process
     *            number of the daemon, of which echo requests carry 16 bits
     * @param log
     *            takes what goes wrong on this machine
     * @param library
     *            of TLS; asked for when a check first needs it
     */
    public Checkers(CheckSockets sockets, CheckRights rights, Supplier<ResponseReading> answers, long process,
            Log log, Supplier<TlsEngine> library) {
        this.sockets = sockets;
        this.rights = rights;
        this.answers = answers;
        echoId = (int) process & SIXTEEN_BITS;
        this.log = log;
        this.library = library;
    }

    /**
     * Makes ready what the checks of a plan share and what is not there yet. Blocks; not for the engine
     * thread.
     *
     * @throws IOException
     *             if one cannot be opened; the message is for the user
     */
    public void prepare(HealthPlan plan) throws IOException {
        if (plan.tables().stream().anyMatch(table -> table.check().filter(HealthCheck::speaksTls).isPresent())) {
            tls();
        }
        for (IpFamily family : echoFamilies(plan)) {
            if (!echoes.containsKey(family)) {
                echoes.put(family, open(family));
            }
        }
    }

    /** Loads the library if that is still to be done. */
    private synchronized CheckTls tls() {
        if (tls.isEmpty()) {
            tls = Optional.of(CheckTls.of(library.get()));
        }
        return tls.get();
    }

    private static Set<IpFamily> echoFamilies(HealthPlan plan) {
        return plan.tables().stream().filter(Checkers::isIcmp).flatMap(table -> table.hosts().stream())
                .map(host -> host.address().family()).collect(Collectors.toSet());
    }

    private static boolean isIcmp(Table table) {
        return table.check().filter(HealthCheck.Icmp.class::isInstance).isPresent();
    }

    private EchoChannel open(IpFamily family) throws IOException {
        if (sockets.kind() == SocketKind.PORTABLE) {
            throw new IOException("check icmp: not supported without native sockets");
        }
        EchoSocket echo;
        try {
            echo = rights.openEcho(family);
        } catch (IOException refused) {
            throw new IOException("check icmp: " + advised(refused), refused);
        }
        Channel channel = switch (echo.socket()) {
            case OpenSocket.Descriptor(int number) -> new EpollDatagramChannel(number);
            case OpenSocket.Channel other -> {
                other.close();
                throw new IOException("check icmp: not supported without native sockets");
            }
        };
        EchoChannel ready = new EchoChannel(sockets, channel, family, echo.raw(), echoId);
        sockets.loop().register(channel).syncUninterruptibly();
        return ready;
    }

    /** A socket that only echoes is for groups that the administrator of Linux names; icmp(7). */
    private static String advised(IOException refused) {
        boolean forbidden = FailedCall.errno(refused).filter(errno -> errno.isOneOf(FORBIDDEN)).isPresent();
        return refused.getMessage() + (forbidden
                ? ": it needs root, the capability CAP_NET_RAW, or leave for the group of relayd: "
                        + "sysctl -w net.ipv4.ping_group_range='0 2147483647'"
                : "");
    }

    @Override
    public Checker apply(HealthCheck check) {
        return switch (check) {
            case HealthCheck.Icmp() -> new IcmpChecker(sockets, family -> Optional.ofNullable(echoes.get(family)));
            case HealthCheck.TcpConnect() -> connection(check, Optional.empty());
            case HealthCheck.TlsHandshake() -> connection(check, Optional.empty());
            case HealthCheck.HttpCode code -> connection(check, Optional.of(target -> new HttpCodeConversation(code,
                    why -> log.debug(() -> "check_http_code: " + target.host().name() + " failed (" + why + ")"))));
            case HealthCheck.HttpDigest digest -> connection(check,
                    Optional.of(target -> new HttpDigestConversation(digest, answers.get(),
                            why -> log.warn("check_http_digest: " + target.host().name() + " failed (" + why + ")"))));
            case HealthCheck.SendExpect talk -> connection(check, Optional.of(_ -> new GlobConversation(talk)));
            case HealthCheck.BinarySendExpect talk -> connection(check,
                    Optional.of(_ -> new PrefixConversation(talk)));
            case HealthCheck.Dns dns -> new DnsChecker(sockets, queryIds, dns);
            case HealthCheck.Script(String path) -> new ScriptChecker(path, rights, sockets.loop(), log);
        };
    }

    private Checker connection(HealthCheck check, Optional<Function<CheckTarget, Conversation>> conversation) {
        return new ConnectionChecker(sockets, check.speaksTls() ? Optional.of(tls()) : Optional.empty(),
                conversation);
    }

    /** Closes the shared sockets, and what TLS needs once the last check is over. */
    @Override
    public synchronized void close() {
        tls.ifPresent(CheckTls::close);
        echoes.values().forEach(EchoChannel::close);
        echoes.clear();
    }
}
