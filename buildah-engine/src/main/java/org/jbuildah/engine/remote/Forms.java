package org.jbuildah.engine.remote;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the {@link Form} of a type: records by their components, sealed types by their alternatives, collections by their elements.
 *
 * <p>Laws: only types that the declared one names can come out of a channel, so bytes cannot choose a class; a type with a path, a stream
 * or anything else that means something on one machine only has no form, and a value of it is refused before the first byte is sent.
 */
final class Forms {
    private static final Map<Type, Form> KNOWN = new ConcurrentHashMap<>();

    private Forms() {}

    /** @throws IllegalArgumentException if the type cannot travel; one inside it is judged when a value of it comes along */
    static Form of(Type type) {
        Form known = KNOWN.get(type);
        if (known == null) {
            known = make(type);
            KNOWN.put(type, known);
        }
        return known;
    }

    /** The form of a type that is looked for when the first value of it comes along. */
    static Form later(Type type) {
        return new Form() {
            @Override
            public void write(DataOutput out, Object value) throws IOException {
                of(type).write(out, value);
            }

            @Override
            public Object read(DataInput in) throws IOException {
                return of(type).read(in);
            }
        };
    }

    private static Form make(Type type) {
        if (type instanceof WildcardType any) {
            return of(any.getUpperBounds()[0]);
        }
        if (type instanceof ParameterizedType of) {
            return collection(of);
        }
        if (type instanceof Class<?> plain) {
            return ofClass(plain);
        }
        throw cannotTravel(type instanceof GenericArrayType ? "the array " + type : type.toString());
    }

    private static Form collection(ParameterizedType type) {
        Type raw = type.getRawType();
        Type first = type.getActualTypeArguments()[0];
        if (raw == List.class) {
            return CollectionForms.list(later(first));
        }
        if (raw == Optional.class) {
            return CollectionForms.optional(later(first));
        }
        if (raw == Set.class) {
            return CollectionForms.set(later(first));
        }
        if (raw == SortedSet.class) {
            return CollectionForms.sortedSet(later(first));
        }
        if (raw == Map.class || raw == SortedMap.class) {
            Form value = later(type.getActualTypeArguments()[1]);
            return raw == Map.class
                    ? CollectionForms.map(later(first), value)
                    : CollectionForms.sortedMap(later(first), value);
        }
        throw cannotTravel(type.toString());
    }

    private static Form ofClass(Class<?> type) {
        Form scalar = Scalars.of(type);
        if (scalar != null) {
            return scalar;
        }
        if (type.isEnum()) {
            List<?> constants = Arrays.asList(type.getEnumConstants());
            return Alternatives.ofConstants(constants);
        }
        if (type.isRecord()) {
            return RecordForm.of(type);
        }
        if (type.isSealed()) {
            return Alternatives.ofTypes(Arrays.asList(type.getPermittedSubclasses()));
        }
        throw cannotTravel(type.getName());
    }

    private static IllegalArgumentException cannotTravel(String type) {
        return new IllegalArgumentException(type + " has no form on a channel");
    }
}
