package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.Ulimit;
import org.jbuildah.engine.rootfs.Credentials;

/**
 * What a {@link ChrootProgram} is to start.
 *
 * @param root an absolute path of the machine
 * @param arguments as in {@link org.jbuildah.engine.rootfs.ProcessSpec}
 * @param environment as there
 * @param workingDirectory inside the root, and there
 * @param user whose process it will be
 * @param capabilities of root; bit n is capability n
 * @param ulimits that can be had
 */
record ChrootOrder(
        String root,
        List<String> arguments,
        List<String> environment,
        String workingDirectory,
        Credentials user,
        long capabilities,
        List<Ulimit> ulimits) {
    ChrootOrder {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        ulimits = List.copyOf(ulimits);
    }

    void write(DataOutput out) throws IOException {
        write(out, List.of(root, workingDirectory));
        write(out, arguments);
        write(out, environment);
        out.writeInt(user.uid());
        out.writeInt(user.gid());
        out.writeInt(user.supplementaryGids().size());
        for (int gid : user.supplementaryGids()) {
            out.writeInt(gid);
        }
        out.writeLong(capabilities);
        out.writeInt(ulimits.size());
        for (Ulimit limit : ulimits) {
            out.writeUTF(limit.resource().name());
            out.writeLong(limit.soft());
            out.writeLong(limit.hard());
        }
    }

    static ChrootOrder read(DataInput in) throws IOException {
        List<String> places = texts(in);
        List<String> arguments = texts(in);
        List<String> environment = texts(in);
        int uid = in.readInt();
        int gid = in.readInt();
        List<Integer> groups = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            groups.add(in.readInt());
        }
        long capabilities = in.readLong();
        List<Ulimit> ulimits = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            ulimits.add(new Ulimit(Ulimit.Resource.valueOf(in.readUTF()), in.readLong(), in.readLong()));
        }
        Credentials user = new Credentials(uid, gid, groups);
        return new ChrootOrder(places.get(0), arguments, environment, places.get(1), user, capabilities, ulimits);
    }

    /** Not writeUTF, which takes 64 KiB at most: a here-document is one argument. */
    private static void write(DataOutput out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            byte[] bytes = text.getBytes(UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static List<String> texts(DataInput in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            texts.add(new String(bytes, UTF_8));
        }
        return texts;
    }
}
