package org.relayd.main.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.relayd.compiler.environment.Environment.FileState;
import org.relayd.compiler.recording.Answers;
import org.relayd.compiler.recording.Content;
import org.relayd.compiler.recording.Question;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.term.Dialect;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.options.RelaydOptions.BackendOption;

class BundleCodecProperties {
    @Property(tries = 1000, seed = "2026")
    void everyBundleComesBack(@ForAll("bundles") Bundle bundle) throws IOException {
        assertEquals(bundle, BundleCodec.read(BundleCodec.write(bundle)));
    }

    @Property(tries = 300, seed = "2026")
    void noBundleEndsEarlyOrLate(@ForAll("bundles") Bundle bundle, @ForAll Random random) {
        byte[] whole = BundleCodec.write(bundle);
        int end = random.nextInt(whole.length);
        assertThrows(IOException.class, () -> BundleCodec.read(Arrays.copyOf(whole, end)));
        assertThrows(IOException.class, () -> BundleCodec.read(Arrays.copyOf(whole, whole.length + 1)));
    }

    /** Anything but an exception of the right kind ends the test. */
    @Property(tries = 3000, seed = "2026")
    void damagedBundlesAreRefusedOrMeanSomething(@ForAll("bundles") Bundle bundle, @ForAll Random random) {
        byte[] octets = BundleCodec.write(bundle);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            octets[random.nextInt(octets.length)] = random.nextBoolean() ? (byte) random.nextInt(4)
                    : (byte) random.nextInt(256);
        }
        Optional<Bundle> read = read(octets);
        read.ifPresent(meant -> assertEquals(read, read(BundleCodec.write(meant))));
    }

    @Property(tries = 2000, seed = "2026")
    void garbageIsRefused(@ForAll byte[] octets) {
        assertThrows(IOException.class, () -> BundleCodec.read(octets));
    }

    private static Optional<Bundle> read(byte[] octets) {
        try {
            return Optional.of(BundleCodec.read(octets));
        } catch (IOException refused) {
            return Optional.empty();
        }
    }

    @Provide
    static Arbitrary<Bundle> bundles() {
        return Combinators.combine(options(), texts(), recordings(), prints()).as(Bundle::new);
    }

    private static Arbitrary<PlanPrint> prints() {
        Arbitrary<Integer> any = Arbitraries.integers();
        return Combinators.combine(any, any).as(PlanPrint::new);
    }

    private static Arbitrary<RelaydOptions> options() {
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        return Combinators
                .combine(flags, Arbitraries.integers(), texts().list().ofMaxSize(3), texts(),
                        Arbitraries.of(Dialect.class).optional(), backEnds(), texts().optional(),
                        Arbitraries.of(DiagnosticStyle.class))
                .as((flag, number, macros, file, dialect, backEnd, socket, style) -> new RelaydOptions(flag, !flag,
                        number, macros, file, dialect, backEnd, socket, style, number % 2 == 0, socket,
                        Duration.ofSeconds(number), flag));
    }

    private static Arbitrary<BackendOption> backEnds() {
        return Arbitraries.oneOf(
                Arbitraries.of(new BackendOption.Auto(), new BackendOption.Nftables(), new BackendOption.Pf(),
                        new BackendOption.None()),
                texts().map(BackendOption.RecordTo::new));
    }

    /** Halves of pairs too. */
    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(Arbitraries.strings().ascii().ofMaxLength(12),
                Arbitraries.strings().ofMaxLength(12));
    }

    private static Arbitrary<IpAddress> addresses() {
        return Arbitraries.oneOf(bytes(4).map(IpAddress::of), bytes(16).map(IpAddress::of),
                Combinators.combine(bytes(16), texts().filter(text -> !text.isEmpty()))
                        .as((bytes, scope) -> IpAddress.parse(IpAddress.of(bytes) + "%" + scope).orElseThrow()));
    }

    private static Arbitrary<byte[]> bytes(int count) {
        return Arbitraries.bytes().array(byte[].class).ofSize(count);
    }

    private static Arbitrary<OptionalInt> numbers() {
        return Arbitraries.integers().optional()
                .map(number -> number.map(OptionalInt::of).orElse(OptionalInt.empty()));
    }

    private static Arbitrary<Instant> times() {
        return Combinators.combine(
                Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                Arbitraries.integers().between(0, 999_999_999)).as(Instant::ofEpochSecond);
    }

    /** An answer to be put into a recording. */
    private interface Exchange {
        void put(Answers.Builder recording);
    }

    private static Arbitrary<Answers> recordings() {
        return Arbitraries.oneOf(files(), network(), names()).list().ofMaxSize(12).map(exchanges -> {
            Answers.Builder recording = new Answers.Builder();
            exchanges.forEach(each -> each.put(recording));
            return recording.build();
        });
    }

    private static <A> Arbitrary<Exchange> exchanges(Arbitrary<? extends Question<A>> questions,
            Arbitrary<? extends A> answers) {
        return Combinators.combine(questions, answers).as((question, answer) -> recording -> recording
                .put(question, answer));
    }

    private static Arbitrary<Exchange> files() {
        Arbitrary<Content> contents = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(Content.Octets::of),
                texts().map(Content.Unreadable::new));
        return Arbitraries.oneOf(exchanges(texts().map(Question.Read::new), contents),
                exchanges(texts().map(Question.Credentials::new), Arbitraries.just(new Question.Credentials.Kept())),
                exchanges(texts().map(Question.State::new), Arbitraries.of(FileState.class)),
                exchanges(texts().map(Question.OpenMode::new), texts().optional()));
    }

    private static Arbitrary<Exchange> network() {
        Arbitrary<List<IpAddress>> addresses = addresses().list().ofMaxSize(4);
        Arbitrary<List<String>> names = texts().list().ofMaxSize(4);
        return Arbitraries.oneOf(exchanges(texts().map(Question.Resolve::new), addresses),
                exchanges(texts().map(Question.InterfaceAddresses::new), addresses.optional()),
                exchanges(Arbitraries.just(new Question.Interfaces()), names),
                exchanges(texts().map(Question.GroupMembers::new), names.optional()),
                exchanges(texts().map(Question.InterfaceIndex::new), numbers()));
    }

    private static Arbitrary<Exchange> names() {
        return Arbitraries.oneOf(
                exchanges(Combinators.combine(texts(), texts()).as(Question.Service::new), numbers()),
                exchanges(Arbitraries.just(new Question.Services()),
                        texts().list().ofMaxSize(4).map(all -> new HashSet<>(all))),
                exchanges(texts().map(Question.IpProtocol::new), Arbitraries.of(true, false)),
                exchanges(texts().map(Question.DemotionGroup::new), Arbitraries.of(true, false)),
                exchanges(Arbitraries.just(new Question.RoutingDomain()), Arbitraries.integers()),
                exchanges(Arbitraries.just(new Question.Time()), times().optional()));
    }
}
