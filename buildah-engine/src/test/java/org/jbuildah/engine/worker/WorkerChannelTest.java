package org.jbuildah.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class WorkerChannelTest {
    static Stream<WorkerMessage.Event> lastWords() {
        return Stream.of(
                new WorkerMessage.Failed(new Failure(Failure.Family.CANCELLED, "CANCELLED", "What.", "", 0)),
                new RunMessage.Output(true, new byte[] {1}),
                new RunMessage.Ended(new ExitStatus.Exited(1)),
                new RunMessage.Ended(new ExitStatus.NotStarted("program", "ENOENT")),
                new SnapshotMessage.Committed(DiffId.parse("sha256:" + "0".repeat(64))));
    }

    /** As Maven does it when Ctrl-C has ended the build, while the worker still speaks. */
    @ParameterizedTest
    @MethodSource("lastWords")
    void isHeardAfterItsClassLoaderWasClosed(WorkerMessage.Event event) throws Exception {
        URL engine = WorkerChannel.class.getProtectionDomain().getCodeSource().getLocation();
        PipedInputStream events = new PipedInputStream();
        try (PipedOutputStream worker = new PipedOutputStream(events)) {
            Object exchange;
            try (URLClassLoader loader = new URLClassLoader(new URL[] {engine}, ClassLoader.getPlatformClassLoader())) {
                exchange = askAnything(loader, events);
            }
            worker.write(new Frame(1, event).bytes());
            worker.flush();
            Object heard = mailbox(exchange).poll(20, TimeUnit.SECONDS);
            assertThat(heard).isNotNull();
            assertThat(heard.getClass().getSimpleName())
                    .isEqualTo(event.getClass().getSimpleName());
        }
    }

    private static Object askAnything(ClassLoader loader, InputStream events) throws ReflectiveOperationException {
        Class<?> type = loader.loadClass(WorkerChannel.class.getName());
        Constructor<?> constructor = open(type.getDeclaredConstructor(OutputStream.class, InputStream.class));
        Object channel = constructor.newInstance(OutputStream.nullOutputStream(), events);
        open(type.getDeclaredMethod("start")).invoke(channel);
        Object ping = open(loader.loadClass(WorkerMessage.Ping.class.getName()).getDeclaredConstructor())
                .newInstance();
        Method send = open(type.getDeclaredMethod("send", loader.loadClass(WorkerMessage.Request.class.getName())));
        return send.invoke(channel, ping);
    }

    private static BlockingQueue<?> mailbox(Object exchange) throws ReflectiveOperationException {
        Field field = open(exchange.getClass().getDeclaredField("mailbox"));
        return (BlockingQueue<?>) field.get(exchange);
    }

    private static <T extends AccessibleObject> T open(T member) {
        member.setAccessible(true);
        return member;
    }
}
