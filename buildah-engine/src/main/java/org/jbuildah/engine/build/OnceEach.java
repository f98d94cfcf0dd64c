package org.jbuildah.engine.build;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Values that are made once each, by the thread that asks first; others wait for it. What could not be made is tried again by the next
 * one that asks.
 */
final class OnceEach<K, V> {
    private final Map<K, Slot<V>> slots = new ConcurrentHashMap<>();

    /** Makes a value. */
    interface Maker<V> {
        V make() throws IOException, InterruptedException;
    }

    private static final class Slot<V> {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable V value;
    }

    V get(K key, Maker<V> maker) throws IOException, InterruptedException {
        Slot<V> slot = slots.computeIfAbsent(key, any -> new Slot<>());
        slot.lock.lockInterruptibly();
        try {
            V value = slot.value;
            if (value == null) {
                value = maker.make();
                slot.value = value;
            }
            return value;
        } finally {
            slot.lock.unlock();
        }
    }
}
