/**
 * CloudTask's four Lambda functions.
 *
 * <p>{@link cloudtask.CreateTask}, {@link cloudtask.GetTasks}, {@link cloudtask.UpdateTask} and
 * {@link cloudtask.DeleteTask} are the doors: each stands behind one method of the REST API and
 * does one thing. What they share is small: {@link cloudtask.ApiCall} reads what API Gateway hands
 * over, {@link cloudtask.ApiAnswer} writes what it takes back, {@link cloudtask.Refusal} is a call
 * that the caller got wrong, and {@link cloudtask.TaskStore} is where tasks are kept, in {@link
 * cloudtask.DynamoDbTaskStore} on AWS.
 *
 * <p>Nothing in here knows where it runs. Credentials, region and table come from the environment
 * that Lambda gives a function.
 */
@NullMarked
package cloudtask;

import org.jspecify.annotations.NullMarked;
