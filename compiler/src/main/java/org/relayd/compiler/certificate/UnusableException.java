package org.relayd.compiler.certificate;

/** The text of a file is not what it should be. */
final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * @param reason
     *            what is wrong, without anything of a secret
     */
    UnusableException(String reason) {
        super(reason);
    }
}
