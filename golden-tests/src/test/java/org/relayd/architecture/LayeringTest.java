package org.relayd.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.Map;

/**
 * The arrows between modules and packages. The enforcer holds those between modules for what stands in a pom; these
 * rules hold them for every import, and those between packages of one module.
 */
@AnalyzeClasses(packages = "org.relayd",
        importOptions = {ImportOption.DoNotIncludeTests.class, LayeringTest.OfThisTree.class})
class LayeringTest {
    private static final String[] NETTY = {"io.netty.."};
    private static final String[] JNR = {"jnr..", "com.kenai.jffi.."};
    /** Who may open a file or ask who it is without asking for rights, and why. */
    private static final Map<String, String> OPENERS = Map.of(
            "org.relayd.main.daemon.Background", "starts itself again, with the words that it was started with",
            "org.relayd.main.daemon.Needs", "tells relayctl doctor which process has the sessions",
            "org.relayd.runtime.relay.wire.linux.DescriptorLimit", "reads its own limits in /proc/self");

    private static final String[] ANTLR = {"org.antlr..", "org.relayd.grammar.."};

    @ArchTest
    static final ArchRule irDependsOnTheJdkOnly = classes().that().resideInAPackage("org.relayd.ir..").should()
            .onlyDependOnClassesThat().resideInAnyPackage("org.relayd.ir..", "java..")
            .because("ir is the vocabulary that every module shares");

    @ArchTest
    static final ArchRule compilerIsPure = noClasses().that().resideInAPackage("org.relayd.compiler..").should()
            .dependOnClassesThat(resideInAnyPackage("org.relayd.runtime..", "org.relayd.main..", "org.relayd.ctl..",
                    "picocli..", "java.net.http..", "java.nio.channels..", "java.lang.foreign..")
                    .or(resideInAnyPackage(NETTY))
                    .or(resideInAnyPackage(JNR)))
            .because("a compilation is a function of its text and its Environment");

    @ArchTest
    static final ArchRule runtimeKnowsNoCompiler = noClasses().that().resideInAPackage("org.relayd.runtime..").should()
            .dependOnClassesThat(resideInAnyPackage("org.relayd.compiler..", "org.relayd.main..", "org.relayd.ctl..",
                    "picocli..").or(resideInAnyPackage(ANTLR)))
            .because("the runtime executes a plan, whoever made it");

    @ArchTest
    static final ArchRule relayctlStaysSmall = classes().that().resideInAPackage("org.relayd.ctl..").should()
            .onlyDependOnClassesThat().resideInAnyPackage("org.relayd.ctl..", "org.relayd.ir..", "java..")
            .because("relayctl is to start fast and speaks to the daemon over its socket only");

    @ArchTest
    static final ArchRule syntaxStopsAtTheBuilders = noClasses()
            .that(resideInAPackage("org.relayd..").and(not(resideInAnyPackage("org.relayd.grammar..",
                    "org.relayd.compiler.source..", "org.relayd.compiler.parse..", "org.relayd.compiler.build.."))))
            .should().dependOnClassesThat().resideInAnyPackage(ANTLR)
            .because("after the builders there are records of ours, no parse trees");

    @ArchTest
    static final ArchRule jnrStaysInPlatformPackages = noClasses().that()
            .resideOutsideOfPackage("org.relayd.runtime..platform..").should().dependOnClassesThat()
            .resideInAnyPackage(JNR)
            .because("what depends on the operating system stands behind an interface");

    @ArchTest
    static final ArchRule foreignCallsStayInPackagesNamedAfterASystem = noClasses().that()
            .resideOutsideOfPackages("org.relayd.runtime..platform..", "org.relayd.runtime..linux..",
                    "org.relayd.runtime.tls..")
            .should().dependOnClassesThat().resideInAPackage("java.lang.foreign..")
            .because("a hot path may call the kernel itself, behind an interface like everything of one system; "
                    + "TLS works on memory that libraries know by its address");

    @ArchTest
    static final ArchRule onePackageKnowsTheTlsLibrary = noClasses().that()
            .resideOutsideOfPackage("org.relayd.runtime.tls.boringssl").should().dependOnClassesThat()
            .resideInAPackage("io.netty.internal.tcnative..")
            .because("its classes are internal by name, and a wrong call ends the process");

    @ArchTest
    static final ArchRule tlsKnowsNoRelay = noClasses().that().resideInAPackage("org.relayd.runtime.tls..").should()
            .dependOnClassesThat().resideInAnyPackage("org.relayd.runtime.relay..", "org.relayd.runtime.hce..",
                    "org.relayd.runtime.parent..", "org.relayd.ir.plan..")
            .because("relays and checks speak TLS with the same streams; who reads files for them is another question");

    @ArchTest
    static final ArchRule rolesDoNotKnowEachOther = slices().matching("org.relayd.runtime.(hce|pfe|relay|ca)..")
            .should()
            .notDependOnEachOther().because("each role may come to run in a process of its own");

    @ArchTest
    static final ArchRule theDoorToRightsKnowsNobodyBehindIt = noClasses().that()
            .resideInAPackage("org.relayd.runtime.parent").should().dependOnClassesThat()
            .resideInAPackage("org.relayd.runtime.parent.*..")
            .because("who carries out a request may be another process");

    @ArchTest
    static final ArchRule kernelsAreGivenValues = noClasses().that()
            .resideInAnyPackage("org.relayd.runtime.platform..", "org.relayd.ir.image..").should()
            .dependOnClassesThat(resideInAPackage("org.relayd.ir.plan..")
                    .or(resideInAPackage("org.relayd.ir.config..").and(not(nameMatching(".*(Id|HashKey)")))))
            .because("what a kernel is asked for could be written to a socket: images, ids and keys of hashes");

    @ArchTest
    static final ArchRule filesAndSocketsAreOpenedBehindTheDoor = noClasses().that(
            resideInAnyPackage("org.relayd.runtime..", "org.relayd.main.daemon..")
                    .and(not(resideInAnyPackage("org.relayd.runtime.parent.*..", "org.relayd.runtime..platform..")))
                    .and(DescribedPredicate.describe("have no reason", found -> !OPENERS.containsKey(found.getName()))))
            .should().callCodeUnitWhere(DescribedPredicate.describe("it opens a file, binds a socket or asks who it is",
                    LayeringTest::needsRights))
            .because("whoever reads the network may be a process without rights: ask Rights");

    private static boolean needsRights(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        return switch (owner) {
            case "java.nio.file.Files" -> true;
            case "java.lang.ProcessHandle" -> call.getName().equals("current");
            case "java.io.FileInputStream", "java.io.FileOutputStream", "java.io.RandomAccessFile", "java.io.FileReader", "java.io.FileWriter"
                    -> call.getTarget().getRawParameterTypes().stream()
                            .noneMatch(type -> type.getName().equals("java.io.FileDescriptor"));
            default -> (call.getName().equals("bind") && owner.matches("(java\\.n|io\\.netty\\.).*"))
                    || (call.getName().equals("open") && owner.matches("java\\.nio\\.channels\\..*Channel"));
        };
    }

    @ArchTest
    static final ArchRule parentKnowsNoRole = noClasses().that().resideInAPackage("org.relayd.runtime.parent..")
            .should()
            .dependOnClassesThat().resideInAnyPackage("org.relayd.runtime.hce..", "org.relayd.runtime.pfe..",
                    "org.relayd.runtime.relay..", "org.relayd.runtime.ca..")
            .because("the privileged side answers typed requests, whoever asks");

    @ArchTest
    static final ArchRule compilerStagesFormNoCycle = slices().matching("org.relayd.compiler.(*)..").should()
            .beFreeOfCycles().allowEmptyShould(true).because("a stage reads only the output of the one before it");

    @ArchTest
    static final ArchRule headsStandAlone = classes().that().resideInAPackage("org.relayd.runtime.relay.http.head")
            .should().onlyDependOnClassesThat().resideInAnyPackage("org.relayd.runtime.relay.http.head",
                    "org.relayd.ir.term", "io.netty.buffer", "java..")
            .because("what takes messages apart is read, measured and fuzzed without what uses it");

    @ArchTest
    static final ArchRule packagesFormNoCycle = slices().matching("org.relayd.(**)").should().beFreeOfCycles()
            .because("a package can be read when those that it imports are known");

    @ArchTest
    static final ArchRule timeIsInjected = noClasses().should().callMethod(System.class, "currentTimeMillis")
            .because("tests drive the clock: pass a Clock, or use nanoTime for durations");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses().should()
            .callMethodWhere(target(owner(assignableTo(Thread.class))).and(target(name("sleep"))))
            .because("an event loop must not block");

    @ArchTest
    static final ArchRule noStaticState = fields().that().areStatic().and()
            .areDeclaredInClassesThat().resideOutsideOfPackage("org.relayd.grammar..").should().haveModifier(FINAL)
            .because("state belongs to a role");

    @ArchTest
    static final ArchRule nobodyAnswersForFutureVariants = methods().that(new DescribedPredicate<JavaMethod>(
            "are default methods of sealed interfaces") {
        @Override
        public boolean test(JavaMethod method) {
            return method.getOwner().isInterface() && method.getOwner().reflect().isSealed()
                    && !method.getModifiers().contains(ABSTRACT) && method.reflect().isDefault();
        }
    }).should(new ArchCondition<>("not be overridden") {
        @Override
        public void check(JavaMethod method, ConditionEvents events) {
            method.getOwner().getAllSubclasses().forEach(variant -> variant.tryGetMethod(method.getName(),
                    method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new))
                    .ifPresent(other -> events.add(SimpleConditionEvent.violated(other,
                            other.getFullName() + " overrides " + method.getFullName()))));
        }
    }).because("a variant to come would get the default unasked: switch over the variants, or leave it abstract");

    /** Leaves out what an older build left elsewhere: the local repository may hold classes that are gone here. */
    static final class OfThisTree implements ImportOption {
        private static final Path TREE = Path.of("").toAbsolutePath().getParent();
        /** The end of the name of a jar of tests, which the option of the library does not know. */
        private static final String TESTS = "-tests.jar";

        @Override
        public boolean includes(Location location) {
            return location.contains(TREE.toString()) && !location.contains(TESTS);
        }
    }
}
