package org.jbuildah.engine.api;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers of bytes as Docker and buildah write them. */
public final class ByteSize {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*([bkmgt]?)(?:i?b)?");
    private static final String UNITS = "bkmgt";

    private ByteSize() {}

    /**
     * A number and perhaps a unit, {@code b}, {@code k}, {@code m}, {@code g} or {@code t}, each 1024 of the one before.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static long parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a number of bytes, such as 65536, 64m or 1g");
        }
        int unit = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2));
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * unit));
    }
}
