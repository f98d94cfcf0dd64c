package org.jbuildah.engine.api;

import java.util.regex.Pattern;

/** Tells an address from a name without asking anybody. */
final class IpAddress {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final int GROUPS = 8;

    private IpAddress() {}

    static boolean isOne(String text) {
        return V4.matcher(text).matches() || isV6(text);
    }

    /** Eight groups, a run of them perhaps left out, the last two perhaps written as IPv4, a zone perhaps behind. */
    private static boolean isV6(String text) {
        int percent = text.indexOf('%');
        String address = percent < 0 ? text : text.substring(0, percent);
        int gap = address.indexOf("::");
        if (gap < 0) {
            return count(address) == GROUPS;
        }
        String head = address.substring(0, gap);
        String tail = address.substring(gap + 2);
        int before = head.isEmpty() ? 0 : count(head);
        int after = tail.isEmpty() ? 0 : count(tail);
        return before >= 0 && after >= 0 && before + after < GROUPS && !head.contains(".");
    }

    /** How many groups a run has; far below zero where a part is none. */
    private static int count(String run) {
        String[] parts = run.split(":", -1);
        int groups = 0;
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && V4.matcher(parts[i]).matches()) {
                groups += 2;
            } else if (GROUP.matcher(parts[i]).matches()) {
                groups++;
            } else {
                return Integer.MIN_VALUE / 2;
            }
        }
        return groups;
    }
}
