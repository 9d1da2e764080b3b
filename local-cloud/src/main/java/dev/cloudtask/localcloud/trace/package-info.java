/**
 * What happened to each request: spans with the decision taken and why.
 *
 * <p>Every request that reaches the cloud has one {@link Trace}; whoever handles a part of it opens
 * a child {@link Span}. The newest traces are kept in a fixed ring ({@link Tracer}); failing tests,
 * the console and the run window draw from it. A leaf: knows no service.
 */
@NullMarked
package dev.cloudtask.localcloud.trace;

import org.jspecify.annotations.NullMarked;
