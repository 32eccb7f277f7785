package org.relayd.compiler.environment;

/** An environment file cannot be read or does not have the form of relayd-compile(1), ENVIRONMENT FILES. */
public final class EnvironmentFileException extends Exception {
    private static final long serialVersionUID = 1;

    EnvironmentFileException(String message) {
        super(message);
    }
}
