/**
 * Golden cases: configurations with what the compiler makes of them. Each case is a file of {@code cases/} with its
 * expected output beside it; CONTRIBUTING.md has the format. Nothing here knows a case by name.
 */
package org.relayd.golden;
