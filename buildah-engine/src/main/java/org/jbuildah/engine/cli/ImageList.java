package org.jbuildah.engine.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jbuildah.engine.FinishedImage;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageSummary;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.JsonTree;
import org.jbuildah.engine.oci.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Images in the forms that {@code buildah images} gives them. Times are of UTC.
 *
 * @param whole whether ids are shown as {@code sha256:} and 64 digits, in place of 12
 * @see <a href="https://github.com/containers/buildah/blob/main/docs/buildah-images.1.md">buildah-images(1)</a>
 */
record ImageList(List<ImageSummary> images, boolean whole) {
    private static final int SHORT_ID = 12;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    ImageList {
        images = List.copyOf(images);
    }

    /**
     * Those of a name, which need not say {@code localhost/} or {@code docker.io/library/}.
     *
     * @param name null for all; without a tag, those of all tags
     * @throws ImageUnavailable if there is none
     */
    ImageList named(@Nullable String name) {
        if (name == null) {
            return this;
        }
        boolean tagged = name.indexOf(':', name.lastIndexOf('/') + 1) >= 0;
        List<ImageSummary> found;
        try {
            List<Reference> meant = Reference.meanings(name);
            found = images.stream()
                    .filter(image -> meant.stream().anyMatch(one -> same(reference(image), one, tagged)))
                    .toList();
        } catch (IllegalArgumentException notAName) {
            throw unknown(String.valueOf(notAName.getMessage()));
        }
        if (found.isEmpty()) {
            throw unknown("There is no image \"" + name + "\" in the store.");
        }
        return new ImageList(found, whole);
    }

    private static ImageUnavailable unknown(String what) {
        return new ImageUnavailable(FailureCode.IMAGE_NOT_FOUND, what, "\"images\" lists what is there.");
    }

    private static boolean same(Reference one, Reference other, boolean tagged) {
        return one.registry().equals(other.registry())
                && one.repository().equals(other.repository())
                && (!tagged || one.target().equals(other.target()));
    }

    private static Reference reference(ImageSummary image) {
        return Reference.parse(image.name());
    }

    private String id(ImageSummary image) {
        return whole ? image.imageId().toString() : image.imageId().hex().substring(0, SHORT_ID);
    }

    /** Each id once. */
    List<String> ids() {
        return images.stream().map(this::id).distinct().toList();
    }

    List<String> formatted(Template template) {
        return images.stream().map(image -> template.render(fields(image))).toList();
    }

    private Map<String, Object> fields(ImageSummary image) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ID", id(image));
        fields.put("Name", repository(image));
        fields.put("Tag", tag(image));
        fields.put("Digest", image.manifest().toString());
        fields.put("Created", seconds(image));
        fields.put("CreatedAt", time(image));
        fields.put("CreatedAtRaw", String.valueOf(created(image)));
        fields.put("Size", FinishedImage.size(image.sizeInBytes()));
        fields.put("Platform", image.platform().toString());
        return fields;
    }

    private static Instant created(ImageSummary image) {
        Instant created = image.created();
        return created == null ? Instant.EPOCH : created;
    }

    private static long seconds(ImageSummary image) {
        return created(image).getEpochSecond();
    }

    private static String time(ImageSummary image) {
        return image.created() == null ? "-" : TIME.format(created(image));
    }

    private static String repository(ImageSummary image) {
        Reference name = reference(image);
        return name.registry() + "/" + name.repository();
    }

    private static String tag(ImageSummary image) {
        String tag = reference(image).tag();
        return tag == null ? "<none>" : tag;
    }

    /** One object for each image, with all its names. */
    String json() {
        Map<Digest, Map<String, @Nullable Object>> byId = new LinkedHashMap<>();
        Map<Digest, List<String>> names = new LinkedHashMap<>();
        for (ImageSummary image : images) {
            names.computeIfAbsent(image.imageId(), id -> new ArrayList<>()).add(image.name());
            byId.computeIfAbsent(image.imageId(), id -> object(image));
        }
        byId.forEach((id, object) -> object.put("names", names.get(id)));
        return JsonTree.shown(List.copyOf(byId.values()));
    }

    private Map<String, @Nullable Object> object(ImageSummary image) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("id", id(image));
        object.put("names", null); // here, for the order
        object.put("digest", image.manifest().toString());
        object.put("createdat", time(image));
        object.put("size", FinishedImage.size(image.sizeInBytes()));
        object.put("created", seconds(image));
        object.put("createdatraw", created(image).toString());
        object.put("platform", image.platform().toString());
        object.put("readonly", false);
        object.put("history", null);
        return object;
    }

    /** Columns as wide as what stands in them; buildah's, and the platform behind them. */
    List<String> table(boolean heading, boolean digests) {
        List<List<String>> rows = new ArrayList<>();
        if (heading) {
            rows.add(row("REPOSITORY", "TAG", digests ? "DIGEST" : null, "IMAGE ID", "CREATED", "SIZE", "PLATFORM"));
        }
        for (ImageSummary image : images) {
            rows.add(row(
                    repository(image),
                    tag(image),
                    digests ? image.manifest().toString() : null,
                    id(image),
                    time(image),
                    FinishedImage.size(image.sizeInBytes()),
                    image.platform().toString()));
        }
        return rows.stream().map(row -> line(row, rows)).toList();
    }

    private static List<String> row(@Nullable String... cells) {
        return Stream.of(cells).flatMap(Stream::ofNullable).toList();
    }

    private static String line(List<String> row, List<List<String>> rows) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            int column = i;
            int width = rows.stream()
                    .mapToInt(each -> each.get(column).length())
                    .max()
                    .orElse(0);
            line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 3));
        }
        return line.toString().stripTrailing();
    }
}
