package org.relayd.compiler.check.table;

import java.util.OptionalInt;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.table.TableTemplate.HostOptions;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.TableDeclaration.HostEntry;
import org.relayd.ir.parsed.TableDeclaration.HostOption;
import org.relayd.ir.source.Span;

/**
 * Reads the options after one host. Each may be given once, but a first value of 0 does not count. Values are 32 bits
 * wide and cut to that without a word in OpenBSD.
 */
final class HostOptionReader {
    private final Findings findings;
    private final Setting retry = new Setting("retry value");
    private final Setting parent = new Setting("parent value");
    private final Setting priority = new Setting("priority");
    private final Setting ttl = new Setting("ttl value");

    private HostOptionReader(Findings findings) {
        this.findings = findings;
    }

    /** Returns the options of a host; what is wrong goes to the findings. */
    static HostOptions read(HostEntry host, Findings findings) {
        HostOptionReader reader = new HostOptionReader(findings);
        for (HostOption option : host.options()) {
            reader.read(option);
        }
        return new HostOptions(reader.retry.value, reader.parent.value,
                reader.parent.value == 0 ? host.address().span() : reader.parent.span, positive(reader.ttl),
                positive(reader.priority));
    }

    private void read(HostOption option) {
        switch (option) {
            case HostOption.Retry(Span span, Count count) -> set(retry, span, count, "retry");
            case HostOption.Parent(Span span, Count count) -> set(parent, span, count, "parent");
            case HostOption.Ttl(Span span, Count count) -> {
                set(ttl, span, count, "ttl");
                if (ttl.value > 255) {
                    findings.add(TableErrors.outsideTtl(count));
                }
            }
            case HostOption.Priority(Span span, Count count) -> {
                if (count.value() > 63) {
                    findings.add(TableErrors.invalidOption("priority", count.value(), count));
                } else {
                    set(priority, span, count, "priority");
                }
            }
        }
    }

    private void set(Setting setting, Span span, Count count, String word) {
        int value = (int) count.value();
        if (value < 0) {
            findings.add(TableErrors.invalidOption(word, value, count));
            return;
        }
        if (value != count.value()) {
            findings.add(TableErrors.valueCut(count, value));
        }
        if (setting.value != 0) {
            findings.add(TableErrors.optionTwice(setting.what, span, setting.span));
            return;
        }
        setting.value = value;
        setting.span = span;
    }

    private static OptionalInt positive(Setting setting) {
        return setting.value == 0 ? OptionalInt.empty() : OptionalInt.of(setting.value);
    }

    /** An option with its last value. */
    private static final class Setting {
        private final String what;
        private int value;
        private Span span;

        private Setting(String what) {
            this.what = what;
        }
    }
}
