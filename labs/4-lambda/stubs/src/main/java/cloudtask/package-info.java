/**
 * Your four Lambda functions. The template names them by this package: leave it as it is.
 *
 * <p>{@link cloudtask.CreateTask}, {@link cloudtask.GetTasks}, {@link cloudtask.UpdateTask} and
 * {@link cloudtask.DeleteTask} are yours to write, in lab 4. Given are the parts that teach little
 * about Lambda: {@link cloudtask.Task} and its ids, {@link cloudtask.TaskInput}, which reads and
 * checks a body, {@link cloudtask.Refusal} for a call that the caller got wrong, and {@link
 * cloudtask.TaskStore}, which keeps tasks in the table. Use them or write your own.
 */
package cloudtask;
