package org.relayd.runtime.parent.door;

/**
 * An authority whose certificates an inspecting relay shows, as a plan names it.
 *
 * @param key
 *            file of its private key
 * @param certificate
 *            file of its certificate
 * @param password
 *            what the key is encrypted with
 */
public record PlanAuthority(String key, String certificate, String password) {

    /** Returns the files only. */
    @Override
    public String toString() {
        return "PlanAuthority[" + key + ", " + certificate + "]";
    }
}
