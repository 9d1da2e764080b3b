/** Your four Lambda functions. The template names them by this package: leave it as it is. */
package cloudtask;
