package org.relayd.ir.diagnostic;

/** Codes E01: files, macros and includes. */
public enum SourceCode implements DiagnosticCode {
    /** A file cannot be opened or read. */
    UNREADABLE_FILE("E0101", Severity.ERROR, "DESCRIPTION", "The file does not exist or cannot be read by this user."),
    /** A macro is used that no line above defines. */
    UNDEFINED_MACRO("E0102", Severity.ERROR, "MACROS",
            "A macro must be defined above its use, or on the command line with -D name=value."),
    /** A word or quoted string is longer than the original's buffer. */
    STRING_TOO_LONG("E0103", Severity.ERROR, "DESCRIPTION",
            "A word or a quoted string may have 8095 characters at most."),
    /** A quoted string has no end. */
    UNTERMINATED_STRING("E0104", Severity.ERROR, "DESCRIPTION",
            "The file ends inside a quoted string: the closing quote is missing, often many lines above the end."),
    /** An include statement names a file that cannot be read. */
    FAILED_INCLUDE("E0105", Severity.ERROR, "DESCRIPTION",
            "The file named by include does not exist or cannot be read. Relative names are relative to the "
                    + "directory that relayd(8) was started in."),
    /** Why a file could not be opened, as the original prints it in front of the error. */
    OPEN_FAILURE("N0106", Severity.NOTE, "DESCRIPTION",
            "The reason why the system did not open a file. The error that follows says what the file was needed for."),
    /** A macro gets a name that no reference can name. */
    MACRO_NAME("E0107", Severity.ERROR, "MACROS",
            "The name of a macro may have letters, digits and underscores."),
    /** Macros make the configuration too large. */
    MACRO_BOMB("E0108", Severity.ERROR, "MACROS",
            "The values of all macro references together are larger than 16 megabytes."),
    /** A quoted string has a NUL byte. */
    NUL_IN_STRING("E0109", Severity.ERROR, "DESCRIPTION",
            "A quoted string may hold any character but NUL.");

    private final Entry entry;

    SourceCode(String id, Severity severity, String section, String explanation) {
        entry = new Entry(id, severity, section, explanation);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
