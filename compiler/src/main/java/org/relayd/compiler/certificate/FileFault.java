package org.relayd.compiler.certificate;

/**
 * Why a daemon cannot use a file.
 *
 * @param path
 *            the file
 * @param reason
 *            what is wrong with it, without anything of a secret
 */
public record FileFault(String path, String reason) {

    /** Returns both in one phrase. */
    @Override
    public String toString() {
        return path + ": " + reason;
    }
}
