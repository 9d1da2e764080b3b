/**
 * Execution environments: the child JVMs in which functions run.
 *
 * <p>{@link ExecutionEnvironments} hands each invocation to an idle {@link ExecutionEnvironment} of
 * its function or makes one. An environment has a folder of its own ({@link Sandbox}), a log stream
 * and a JVM ({@link FunctionJvm}) that asks the {@link RuntimeApiServer} for work. JVMs come
 * pre-booted from the {@link BootPool} where one fits, with an archive of loaded classes ({@link
 * ClassArchives}) where one is there. Everything listens on loopback only; a child ends when this
 * process ends, however it ends.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">
 *     Understanding the Lambda execution environment lifecycle</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.lambda.execution;

import org.jspecify.annotations.NullMarked;
