package org.jbuildah.engine;

import java.util.Map;
import java.util.function.Supplier;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.build.BuildContexts;
import org.jbuildah.engine.build.NamedContext;
import org.jbuildah.engine.context.IgnoreFile;
import org.jbuildah.engine.context.SourceTree;

/**
 * What a request reads, as far as it has to be known before a plan is made.
 *
 * @param context the build context without what the ignore file excludes
 */
record OpenInput(
        SourceText dockerfile, IgnoreFile ignoreFile, Supplier<SourceTree> context, Map<String, NamedContext> named) {
    OpenInput {
        named = Map.copyOf(named);
    }

    BuildContexts contexts() {
        return new BuildContexts(context::get, named);
    }
}
