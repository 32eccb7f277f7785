package org.relayd.compiler.check.lookup;

import org.relayd.compiler.certificate.CertificateFiles;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.environment.Environment;
import org.relayd.ir.term.Dialect;

/**
 * All that can be asked about words that stand for something outside the file.
 *
 * @param environment
 *            the machine
 * @param hosts
 *            addresses of hosts and interfaces
 * @param ports
 *            port numbers
 * @param keyFiles
 *            certificates and keys
 */
public record Lookups(Environment environment, Hosts hosts, Ports ports, KeyFiles keyFiles) {

    /** Returns the look-ups in one environment; warnings and errors go to the findings. */
    public static Lookups in(Environment environment, CertificateFiles certificates, Findings findings,
            Dialect dialect) {
        return new Lookups(environment, new Hosts(environment, findings), new Ports(environment, findings, dialect),
                new KeyFiles(environment, certificates));
    }
}
