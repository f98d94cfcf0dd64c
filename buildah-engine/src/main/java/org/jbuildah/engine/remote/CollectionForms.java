package org.jbuildah.engine.remote;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Collections: their size, then their elements in their order. None holds null. */
final class CollectionForms {
    private CollectionForms() {}

    static Form list(Form element) {
        return of(element, ArrayList::new);
    }

    static Form optional(Form element) {
        Form orNull = element.orNull();
        return new Form() {
            @Override
            @SuppressWarnings("NullAway") // null stands for the empty one
            public void write(DataOutput out, Object value) throws IOException {
                orNull.write(out, ((Optional<?>) value).orElse(null));
            }

            @Override
            public Object read(DataInput in) throws IOException {
                return Optional.ofNullable(orNull.read(in));
            }
        };
    }

    static Form set(Form element) {
        return of(element, LinkedHashSet::new);
    }

    static Form sortedSet(Form element) {
        return of(element, TreeSet::new);
    }

    static Form map(Form key, Form value) {
        return of(key, value, LinkedHashMap::new);
    }

    static Form sortedMap(Form key, Form value) {
        return of(key, value, TreeMap::new);
    }

    private static Form of(Form element, Supplier<Collection<Object>> empty) {
        return new Form() {
            @Override
            public void write(DataOutput out, Object value) throws IOException {
                Collection<?> elements = (Collection<?>) value;
                out.writeInt(elements.size());
                for (Object each : elements) {
                    element.write(out, each);
                }
            }

            @Override
            public Object read(DataInput in) throws IOException {
                Collection<Object> elements = empty.get();
                for (int left = Scalars.size(in); left > 0; left--) {
                    elements.add(element.read(in));
                }
                return elements;
            }
        };
    }

    private static Form of(Form key, Form value, Supplier<Map<Object, Object>> empty) {
        Form keys = of(key, ArrayList::new);
        Form values = of(value, ArrayList::new);
        return new Form() {
            @Override
            public void write(DataOutput out, Object written) throws IOException {
                Map<?, ?> map = (Map<?, ?>) written;
                keys.write(out, List.copyOf(map.keySet()));
                values.write(out, List.copyOf(map.values()));
            }

            @Override
            public Object read(DataInput in) throws IOException {
                List<?> names = (List<?>) keys.read(in);
                List<?> mapped = (List<?>) values.read(in);
                Map<Object, Object> map = empty.get();
                for (int i = 0; i < names.size(); i++) {
                    map.put(names.get(i), mapped.get(i));
                }
                return map;
            }
        };
    }
}
