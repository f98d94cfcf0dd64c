/** Names resolved, arguments scoped, stages ordered. */
@NullMarked
package org.jbuildah.engine.plan;

import org.jspecify.annotations.NullMarked;
