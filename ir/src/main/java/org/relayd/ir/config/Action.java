package org.relayd.ir.config;

import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.DigestAlgorithm;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;

/**
 * A protocol action of dialect 5.1.
 *
 * @param direction
 *            which messages
 * @param type
 *            entity it works on
 * @param kind
 *            what it does
 * @param key
 *            key, compared without regard to case; for a digest its hex digits
 * @param digest
 *            present if the key is a digest of the URL
 * @param value
 *            value appended, set, or compared as glob; empty for remove, hash and log
 * @param mark
 *            mark given by a mark action, 1 to 65535
 * @param marked
 *            the action applies only to sessions with this mark
 * @param log
 *            whether the entity is logged
 * @param label
 *            label in force at the action's line
 */
public record Action(Direction direction, EntityType type, ActionKind kind, String key,
        Optional<DigestAlgorithm> digest,
        Optional<String> value, OptionalInt mark, OptionalInt marked, boolean log, Optional<String> label) {}
