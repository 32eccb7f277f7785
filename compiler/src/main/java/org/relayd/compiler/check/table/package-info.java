/**
 * Tables: definitions, which are templates, and their uses in forward lines, which are what the daemon works with.
 * relayd.conf(5): TABLES. Ids of tables and hosts are given here, in the order of use.
 */
package org.relayd.compiler.check.table;
