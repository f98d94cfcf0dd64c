package org.jbuildah.engine.transport;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Index;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Platform;

/** Which manifest of an index is meant. */
final class PlatformChoice {
    private static final List<String> ARM_VARIANTS = List.of("v8", "v7", "v6", "v5");

    private PlatformChoice() {}

    /** The best manifest for a platform: its own variant, else (on 32-bit ARM) the next older one. */
    static Optional<Descriptor> choose(Index index, Platform wanted) {
        List<Descriptor> images = images(index);
        Optional<Descriptor> exact = first(images, wanted);
        if (exact.isPresent()) {
            return exact;
        }
        if (wanted.architecture().equals("arm") && ARM_VARIANTS.contains(wanted.variant())) {
            for (String older : ARM_VARIANTS.subList(ARM_VARIANTS.indexOf(wanted.variant()), ARM_VARIANTS.size())) {
                Optional<Descriptor> found = first(images, new Platform(wanted.os(), "arm", older));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        boolean single = images.size() == 1 && images.get(0).platform() == null;
        return single ? Optional.of(images.get(0)) : Optional.empty();
    }

    private static Optional<Descriptor> first(List<Descriptor> images, Platform wanted) {
        return images.stream()
                .filter(image -> image.platform() != null && image.platform().satisfies(wanted))
                .findFirst();
    }

    /** What an index has, for the letter that says what it has not. */
    static String platforms(Index index) {
        return images(index).stream()
                .map(Descriptor::platform)
                .map(String::valueOf)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** What an index has, in its order, in the words that all would choose. */
    static List<Platform> all(Index index) {
        return images(index).stream()
                .map(Descriptor::platform)
                .flatMap(Stream::ofNullable)
                .map(Platform::normal)
                .distinct()
                .toList();
    }

    /** Without attestations, which BuildKit lists under the platform {@code unknown/unknown}. */
    private static List<Descriptor> images(Index index) {
        return index.manifests().stream()
                .filter(each -> MediaType.isManifest(each.mediaType()) || MediaType.isIndex(each.mediaType()))
                .filter(each -> each.platform() == null || !each.platform().os().equals("unknown"))
                .toList();
    }
}
