/** Facts about the machine, read once and then judged. */
@NullMarked
package org.jbuildah.engine.host;

import org.jspecify.annotations.NullMarked;
