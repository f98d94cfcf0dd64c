package org.jbuildah.engine.remote;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record: its components in their order, through its own accessors and its own constructor, which checks what came. */
final class RecordForm implements Form {
    private final Constructor<?> constructor;
    private final List<Method> accessors;
    private final List<Form> components;

    private RecordForm(Constructor<?> constructor, List<Method> accessors, List<Form> components) {
        this.constructor = constructor;
        this.accessors = accessors;
        this.components = components;
    }

    static Form of(Class<?> type) {
        RecordComponent[] parts = type.getRecordComponents();
        List<Method> accessors = new ArrayList<>();
        List<Form> components = new ArrayList<>();
        for (RecordComponent part : parts) {
            Method accessor = part.getAccessor();
            accessor.setAccessible(true);
            accessors.add(accessor);
            Form component = Forms.later(part.getGenericType());
            components.add(part.getType().isPrimitive() ? component : component.orNull());
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return new RecordForm(constructor, accessors, components);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " is a record without its constructor", e);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // a component may be null: its form is orNull()
    public void write(DataOutput out, Object value) throws IOException {
        for (int i = 0; i < components.size(); i++) {
            components.get(i).write(out, component(accessors.get(i), value));
        }
    }

    private static @Nullable Object component(Method accessor, Object value) {
        try {
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(accessor + " cannot be called", e);
        }
    }

    @Override
    public Object read(DataInput in) throws IOException {
        @Nullable Object[] values = new @Nullable Object[components.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = components.get(i).read(in);
        }
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IOException(constructor.getDeclaringClass().getSimpleName() + " refuses what came", e);
        }
    }
}
