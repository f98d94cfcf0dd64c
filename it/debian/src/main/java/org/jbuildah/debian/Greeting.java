package org.jbuildah.debian;

/** What is copied into the image: there is no JVM in it, and need not be. */
public final class Greeting {
    private Greeting() {}

    public static void main(String[] arguments) {
        System.out.println("Hello from Debian.");
    }
}
