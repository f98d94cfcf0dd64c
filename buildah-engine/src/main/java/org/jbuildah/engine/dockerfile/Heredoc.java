package org.jbuildah.engine.dockerfile;

import java.util.regex.Pattern;

/**
 * A here-document of an instruction.
 *
 * @param name the delimiter word
 * @param fileDescriptor the number before {@code <<}; 0 where none is written
 * @param expand false where the delimiter was quoted
 * @param chomp true for {@code <<-}: leading tabs are to be removed
 * @param content the lines, each ended by a line feed; in a RUN as written, for a shell that removes tabs itself, else with the tabs
 *     already removed where {@code chomp}
 * @see <a href="https://docs.docker.com/reference/dockerfile/#here-documents">Dockerfile reference: here-documents</a>
 */
public record Heredoc(String name, int fileDescriptor, boolean expand, boolean chomp, String content) {
    private static final Pattern LEADING_TABS = Pattern.compile("^\\t+", Pattern.MULTILINE | Pattern.UNIX_LINES);

    /** The same mark with other lines. */
    public Heredoc withContent(String raw) {
        return new Heredoc(name, fileDescriptor, expand, chomp, raw);
    }

    /** Without leading tabs where they are to be removed. */
    public Heredoc chomped() {
        return chomp ? withContent(LEADING_TABS.matcher(content).replaceAll("")) : this;
    }
}
