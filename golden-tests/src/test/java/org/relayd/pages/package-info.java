/**
 * The pages that people read are true: each command that they show is executed and what it prints is compared. The
 * player is {@code examples/play}, which readers use as well; nothing of it is told twice here.
 */
package org.relayd.pages;
