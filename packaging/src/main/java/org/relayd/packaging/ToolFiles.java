package org.relayd.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what shells and editors read of the programs and their language, where a package has it. */
public final class ToolFiles {
    private final Path root;

    private ToolFiles(Path root) {
        this.root = root;
    }

    /**
     * Writes all files.
     *
     * @param arguments
     *            the folder that stands for the root of a system
     * @throws IOException
     *             when a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        new ToolFiles(Path.of(arguments[0])).write();
    }

    private void write() throws IOException {
        for (ShellWords program : ShellWords.all()) {
            write("usr/share/bash-completion/completions/" + program.name(), Completions.bash(program));
            write("usr/share/zsh/vendor-completions/_" + program.name(), Completions.zsh(program));
        }
        write("usr/share/vim/vimfiles/syntax/relayd.vim", Highlighting.vim());
        write("usr/share/vim/vimfiles/ftdetect/relayd.vim", Highlighting.vimDetection());
        write("usr/share/relayd/relayd.tmLanguage.json", Highlighting.textMate());
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
