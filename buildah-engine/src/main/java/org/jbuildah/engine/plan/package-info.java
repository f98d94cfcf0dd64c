/**
 * Names resolved, arguments scoped, stages ordered. Pure: no file, no image, no clock.
 *
 * <p>Open {@link org.jbuildah.engine.plan.Planner} and {@link org.jbuildah.engine.plan.StageGraph} first.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact">Dockerfile reference: ARG and FROM</a>
 * @see <a href="https://docs.docker.com/build/building/multi-stage/">multi-stage builds</a>
 */
@NullMarked
package org.jbuildah.engine.plan;

import org.jspecify.annotations.NullMarked;
