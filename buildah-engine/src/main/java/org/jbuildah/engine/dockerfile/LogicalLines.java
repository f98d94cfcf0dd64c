package org.jbuildah.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.api.SourceText;

/** From physical lines to nodes: directives, comments, continuations, here-documents. */
final class LogicalLines {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final SourceText text;
    private final Directives directives = new Directives();
    private final List<Node> nodes = new ArrayList<>();
    private final RemarkTaker remarks = new RemarkTaker();
    private int line; // how many have been read, hence the number of the last one

    private LogicalLines(SourceText text) {
        this.text = text;
    }

    /** @param nodes at least one */
    record Read(Directives directives, List<Node> nodes, Remarks remarks) {}

    static Read read(SourceText text) {
        LogicalLines lines = new LogicalLines(text);
        while (lines.hasNext()) {
            lines.instruction();
        }
        if (lines.nodes.isEmpty()) {
            throw new DockerfileInvalid(
                    FailureCode.DOCKERFILE_SYNTAX,
                    SourceText.dockerfileNamed(text.name()) + " holds no instruction.",
                    "A Dockerfile needs at least a FROM.");
        }
        return new Read(lines.directives, List.copyOf(lines.nodes), lines.remarks.taken());
    }

    private boolean hasNext() {
        return line < text.lines().size();
    }

    private String next() {
        String next = text.lines().get(line);
        line++;
        return line == 1 && next.startsWith(BYTE_ORDER_MARK) ? next.substring(1) : next;
    }

    private void instruction() {
        int first = line + 1;
        try {
            String physical = Blank.trimLeft(withoutReturn(next()));
            boolean directive = directives.offer(physical);
            if (isComment(physical)) {
                if (!directive) {
                    remarks.comment(physical);
                }
                return;
            }
            StringBuilder logical = new StringBuilder();
            boolean continues = append(physical, logical);
            if (!continues && logical.isEmpty()) {
                remarks.blankLine();
                return;
            }
            int empty = 0;
            while (continues && hasNext()) {
                String more = withoutReturn(next());
                if (Blank.trimLeft(more).isEmpty()) {
                    empty = empty == 0 ? line : empty;
                } else if (!isComment(more)) {
                    continues = append(more, logical);
                }
            }
            remarks.instruction(first, empty, line);
            Node node = new NodeReader(directives.escape()).read(logical.toString(), first, line);
            nodes.add(node.canHoldHeredocs() ? withHeredocs(node, logical.toString()) : node);
        } catch (DockerfileInvalid e) {
            throw e.at(new SourceSpan(text, first, line));
        }
    }

    private Node withHeredocs(Node node, String logical) {
        List<Heredoc> heredocs = new ArrayList<>();
        if (logical.contains("<<")) {
            for (Heredoc announced : HeredocMark.allOf(logical)) {
                heredocs.add(announced.withContent(contentOf(announced)));
            }
        }
        return node.withHeredocs(heredocs, line);
    }

    private String contentOf(Heredoc heredoc) {
        int announcedAt = line;
        StringBuilder content = new StringBuilder();
        while (hasNext()) {
            String physical = next();
            String delimiter = withoutReturn(physical);
            if (heredoc.chomp()) {
                delimiter = withoutLeadingTabs(delimiter);
            }
            if (delimiter.equals(heredoc.name())) {
                return content.toString();
            }
            content.append(physical).append('\n');
        }
        line = announcedAt; // the place is the instruction, not the whole rest of the file
        throw new DockerfileInvalid(
                FailureCode.DOCKERFILE_SYNTAX,
                "The here-document \"" + heredoc.name() + "\" has no end.",
                "End it with a line that holds " + heredoc.name() + " and nothing else"
                        + (heredoc.chomp() ? " but leading tabs." : ", not even blanks."));
    }

    /** Adds a line without its continuation mark. @return whether there was one */
    private boolean append(String physical, StringBuilder logical) {
        int end = physical.length();
        while (end > 0 && (physical.charAt(end - 1) == ' ' || physical.charAt(end - 1) == '\t')) {
            end--;
        }
        char escape = directives.escape();
        boolean escapeLast = end > 0 && physical.charAt(end - 1) == escape;
        // an escaped escape continues nothing
        boolean continues = escapeLast && (end == 1 || physical.charAt(end - 2) != escape);
        logical.append(physical, 0, continues ? end - 1 : physical.length());
        return continues;
    }

    private static boolean isComment(String physical) {
        return Blank.trimLeft(physical).startsWith("#");
    }

    private static String withoutReturn(String physical) {
        int end = physical.length();
        while (end > 0 && physical.charAt(end - 1) == '\r') {
            end--;
        }
        return physical.substring(0, end);
    }

    private static String withoutLeadingTabs(String physical) {
        int start = 0;
        while (start < physical.length() && physical.charAt(start) == '\t') {
            start++;
        }
        return physical.substring(start);
    }
}
