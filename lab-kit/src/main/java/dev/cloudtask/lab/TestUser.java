package dev.cloudtask.lab;

/**
 * A user that a test has made: signed up, confirmed by the code from the mail, signed in.
 *
 * @param sub the user's id, as the tokens name it
 * @param idToken says who the user is; this one goes to the API
 * @param accessToken says what the user may do
 */
public record TestUser(
    String email,
    String password,
    String sub,
    String idToken,
    String accessToken,
    String refreshToken) {}
