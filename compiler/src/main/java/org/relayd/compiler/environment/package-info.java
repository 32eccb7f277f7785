/**
 * The door to the machine that a configuration is meant for, and environments that need no machine: files that describe
 * one, and the names of services and protocols that every machine has.
 */
package org.relayd.compiler.environment;
