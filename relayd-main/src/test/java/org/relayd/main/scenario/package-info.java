/**
 * Relays between a client and a target, told in files: a configuration, and what either end sends, reads and finds in
 * the log. The files are {@code src/test/resources/scenarios/SECTION/NAME.txt}; {@code FACTS.md} beside them says which
 * test shows which fact. A runner compiles the configuration and starts the relay engine in this process.
 */
package org.relayd.main.scenario;
