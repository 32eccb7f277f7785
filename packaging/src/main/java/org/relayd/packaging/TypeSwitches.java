package org.relayd.packaging;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes pattern switches cheap to run for the first time.
 *
 * <p>javac leaves it to the JVM to find the case of a pattern switch: an {@code invokedynamic} whose bootstrap method,
 * {@link java.lang.runtime.SwitchBootstraps#typeSwitch}, makes a hidden class at the first run. A start-up cache of
 * JDK 25 keeps such classes for lambda expressions and string concatenation, not for switches, so each start makes
 * them anew: about 1 ms of CPU time per switch, where all of "java -version" takes 40. Here each of these calls is
 * replaced by a call of an ordinary method of the same class that does what typeSwitch is specified to do, with
 * {@code instanceof}. Only switches over types are touched, those with constants among their labels stay.
 */
final class TypeSwitches {
    private static final ClassDesc BOOTSTRAPS = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
    private static final String METHOD = "typeSwitch";
    private static final int PRIVATE_STATIC_SYNTHETIC = AccessFlag.PRIVATE.mask() | AccessFlag.STATIC.mask()
            | AccessFlag.SYNTHETIC.mask();

    private final ClassFile classFile;

    /**
     * @param hierarchy
     *            knows every class that the rewritten ones name
     */
    TypeSwitches(ClassHierarchyResolver hierarchy) {
        classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    }

    /**
     * The switch method to be added for one call.
     *
     * @param name
     *            name of the method
     * @param type
     *            type of the method: what is switched over and the first label to look at; gives the index of the label
     * @param labels
     *            types of the cases, in their order
     */
    private record Switch(String name, MethodTypeDesc type, List<ClassDesc> labels) {}

    /** Returns the class with its calls of typeSwitch replaced; the same array if it has none. */
    byte[] replaced(byte[] bytes) {
        ClassModel model = classFile.parse(bytes);
        if (model.methods().stream().noneMatch(TypeSwitches::hasSwitch)) {
            return bytes;
        }
        List<Switch> switches = new ArrayList<>();
        return classFile.transformClass(model,
                (ClassBuilder builder, ClassElement element) -> rewrite(builder, element, model, switches));
    }

    private static void rewrite(ClassBuilder builder, ClassElement element, ClassModel model, List<Switch> switches) {
        if (!(element instanceof MethodModel method) || !hasSwitch(method)) {
            builder.with(element);
            return;
        }
        int first = switches.size();
        builder.transformMethod(method, MethodTransform.transformingCode((code, instruction) -> {
            if (isTypeSwitch(instruction)) {
                InvokeDynamicInstruction call = (InvokeDynamicInstruction) instruction;
                Switch made = new Switch("typeSwitch$" + switches.size(), call.typeSymbol(), labels(call));
                switches.add(made);
                code.invokestatic(model.thisClass().asSymbol(), made.name(), made.type(),
                        model.flags().has(AccessFlag.INTERFACE));
            } else {
                code.with(instruction);
            }
        }));
        for (Switch made : switches.subList(first, switches.size())) {
            builder.withMethodBody(made.name(), made.type(), PRIVATE_STATIC_SYNTHETIC, code -> body(code, made));
        }
    }

    /** Gives -1 for null, else the index of the first matching label from the given one on, else their number. */
    private static void body(CodeBuilder code, Switch made) {
        ClassDesc input = made.type().parameterType(0);
        if (!input.isPrimitive()) {
            Label present = code.newLabel();
            code.aload(0).ifnonnull(present).loadConstant(-1).ireturn().labelBinding(present);
        }
        int first = code.parameterSlot(1);
        for (int index = 0; index < made.labels().size(); index++) {
            Label next = code.newLabel();
            code.iload(first).loadConstant(index).if_icmpgt(next);
            if (!input.isPrimitive()) { // else the label is the type itself, see isTypeSwitch
                code.aload(0).instanceOf(made.labels().get(index)).ifeq(next);
            }
            code.loadConstant(index).ireturn().labelBinding(next);
        }
        code.loadConstant(made.labels().size()).ireturn();
    }

    private static boolean hasSwitch(MethodModel method) {
        return method.code().isPresent() && method.code().get().elementStream().anyMatch(TypeSwitches::isTypeSwitch);
    }

    private static boolean isTypeSwitch(CodeElement element) {
        if (!(element instanceof InvokeDynamicInstruction call)) {
            return false;
        }
        DirectMethodHandleDesc bootstrap = call.bootstrapMethod();
        if (!bootstrap.owner().equals(BOOTSTRAPS) || !bootstrap.methodName().equals(METHOD)) {
            return false;
        }
        ClassDesc input = call.typeSymbol().parameterType(0);
        return call.bootstrapArgs().stream()
                .allMatch(label -> input.isPrimitive() ? label.equals(input) : isReferenceType(label));
    }

    private static boolean isReferenceType(ConstantDesc label) {
        return label instanceof ClassDesc type && !type.isPrimitive();
    }

    private static List<ClassDesc> labels(InvokeDynamicInstruction call) {
        ClassDesc input = call.typeSymbol().parameterType(0);
        // A primitive type comes as the dynamic constant that equals it.
        return call.bootstrapArgs().stream().map(label -> label.equals(input) ? input : (ClassDesc) label).toList();
    }
}
