/** The second JVM: started, spoken to, served. */
@NullMarked
package org.jbuildah.engine.worker;

import org.jspecify.annotations.NullMarked;
