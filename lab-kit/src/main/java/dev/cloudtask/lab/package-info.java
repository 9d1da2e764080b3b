/**
 * What a lab test is written with.
 *
 * <p>A test class says which lab it is ({@link dev.cloudtask.lab.Lab}), each test which step
 * ({@link dev.cloudtask.lab.Step}). It asks for what it needs by parameters: the student's stack
 * ({@link dev.cloudtask.lab.Stack}), the website's folder, an {@code S3Client}, an {@code
 * HttpClient}. One cloud is started per run and the student's template deployed to it once.
 *
 * <p>A test that finds something wrong throws a {@link dev.cloudtask.lab.Finding}: what was done,
 * expected and got, where in the student's own file, why AWS is like that. Nothing else is ever
 * shown to a student, no stack trace above all.
 */
@NullMarked
package dev.cloudtask.lab;

import org.jspecify.annotations.NullMarked;
