package org.relayd.packaging;

import static java.lang.classfile.Attributes.record;

import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/**
 * Makes equals and hashCode of records cheap to run for the first time.
 *
 * <p>javac leaves them to {@link java.lang.runtime.ObjectMethods}, which puts them together from method handles at
 * the first run; as with {@link TypeSwitches}, no start-up cache of JDK 25 keeps the result, and the first record
 * used as a key costs tens of milliseconds. Here they become ordinary methods that follow the same rules, those of
 * {@link Record}: references are compared by equals, primitive components by compare of their wrapper class. Methods
 * that a record writes itself stay, and so does toString.
 */
final class RecordMethods {
    private static final ClassDesc BOOTSTRAPS = ClassDesc.of("java.lang.runtime.ObjectMethods");
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final MethodTypeDesc EQUALS = MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object);
    private static final MethodTypeDesc EQUALS_OF_BOTH = MethodTypeDesc.of(ConstantDescs.CD_boolean,
            ConstantDescs.CD_Object, ConstantDescs.CD_Object);
    private static final MethodTypeDesc HASH_CODE = MethodTypeDesc.of(ConstantDescs.CD_int);

    private final ClassFile classFile;

    /**
     * @param hierarchy
     *            knows every class that the rewritten ones name
     */
    RecordMethods(ClassHierarchyResolver hierarchy) {
        classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    }

    /** Returns the class with ordinary methods; the same array if it is no record or writes both methods itself. */
    byte[] replaced(byte[] bytes) {
        ClassModel model = classFile.parse(bytes);
        if (model.findAttribute(record()).isEmpty()
                || model.methods().stream().noneMatch(RecordMethods::isBootstrapped)) {
            return bytes;
        }
        ClassDesc self = model.thisClass().asSymbol();
        List<RecordComponentInfo> components = model.findAttribute(record()).get().components();
        return classFile.transformClass(model, (builder, element) -> {
            if (isBootstrapped(element)) {
                MethodModel method = (MethodModel) element;
                builder.withMethodBody(method.methodName().stringValue(), method.methodTypeSymbol(),
                        method.flags().flagsMask(), code -> {
                            if (method.methodName().equalsString("equals")) {
                                equals(code, self, components);
                            } else {
                                hashCode(code, self, components);
                            }
                        });
            } else {
                builder.with(element);
            }
        });
    }

    private static boolean isBootstrapped(ClassElement element) {
        if (!(element instanceof MethodModel method) || method.code().isEmpty()) {
            return false;
        }
        boolean known = (method.methodName().equalsString("equals") && method.methodTypeSymbol().equals(EQUALS))
                || (method.methodName().equalsString("hashCode") && method.methodTypeSymbol().equals(HASH_CODE));
        return known && method.code().get().elementStream()
                .anyMatch(instruction -> instruction instanceof InvokeDynamicInstruction call
                        && call.bootstrapMethod().owner().equals(BOOTSTRAPS));
    }

    private static void equals(CodeBuilder code, ClassDesc self, List<RecordComponentInfo> components) {
        Label equal = code.newLabel();
        Label different = code.newLabel();
        code.aload(0).aload(1).if_acmpeq(equal);
        code.aload(1).instanceOf(self).ifeq(different);
        int other = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(1).checkcast(self).astore(other);
        for (RecordComponentInfo component : components) {
            String name = component.name().stringValue();
            ClassDesc type = component.descriptorSymbol();
            code.aload(0).getfield(self, name, type).aload(other).getfield(self, name, type);
            switch (TypeKind.from(type)) {
                case INT, SHORT, BYTE, CHAR, BOOLEAN -> code.if_icmpne(different);
                case LONG -> code.lcmp().ifne(different);
                case FLOAT, DOUBLE -> code.invokestatic(wrapper(type), "compare",
                        MethodTypeDesc.of(ConstantDescs.CD_int, type, type)).ifne(different);
                case REFERENCE -> code.invokestatic(OBJECTS, "equals", EQUALS_OF_BOTH).ifeq(different);
                case VOID -> throw new IllegalArgumentException(self + " has a component without a value");
            }
        }
        code.labelBinding(equal).loadConstant(1).ireturn();
        code.labelBinding(different).loadConstant(0).ireturn();
    }

    private static void hashCode(CodeBuilder code, ClassDesc self, List<RecordComponentInfo> components) {
        code.loadConstant(0);
        for (RecordComponentInfo component : components) {
            ClassDesc type = component.descriptorSymbol();
            code.loadConstant(31).imul().aload(0).getfield(self, component.name().stringValue(), type);
            boolean reference = TypeKind.from(type) == TypeKind.REFERENCE;
            code.invokestatic(reference ? OBJECTS : wrapper(type), "hashCode",
                    MethodTypeDesc.of(ConstantDescs.CD_int, reference ? ConstantDescs.CD_Object : type)).iadd();
        }
        code.ireturn();
    }

    private static ClassDesc wrapper(ClassDesc primitive) {
        return switch (TypeKind.from(primitive)) {
            case INT -> ConstantDescs.CD_Integer;
            case SHORT -> ConstantDescs.CD_Short;
            case BYTE -> ConstantDescs.CD_Byte;
            case CHAR -> ConstantDescs.CD_Character;
            case BOOLEAN -> ConstantDescs.CD_Boolean;
            case LONG -> ConstantDescs.CD_Long;
            case FLOAT -> ConstantDescs.CD_Float;
            case DOUBLE -> ConstantDescs.CD_Double;
            case REFERENCE, VOID -> throw new IllegalArgumentException(primitive + " has no wrapper class");
        };
    }
}
