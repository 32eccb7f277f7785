package org.relayd.packaging;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.relayd.main.ProgramWords.Option;
import org.relayd.main.ProgramWords.Value;

/** Completion of command lines, as scripts for bash and zsh. */
final class Completions {
    private Completions() {}

    /** Returns the script that bash-completion loads for the program. */
    static String bash(ShellWords program) {
        return """
                # bash completion of NAME(8); made by the build from the program's own options
                FUNCTION() {
                    local cur prev word words i
                    COMPREPLY=()
                    cur=${COMP_WORDS[COMP_CWORD]}
                    prev=${COMP_WORDS[COMP_CWORD - 1]}
                    # To bash an equals sign is a word of its own.
                    if [[ $cur == = ]]; then
                        cur=$prev=
                    elif [[ $prev == = ]]; then
                        cur=${COMP_WORDS[COMP_CWORD - 2]}=$cur
                    fi
                    if [[ $cur == -*=* ]]; then
                        COMPREPLY=($(compgen -W 'OPTIONS' -- "$cur"))
                        COMPREPLY=("${COMPREPLY[@]#*=}")
                        return
                    fi
                    case $prev in
                VALUES    esac
                    if [[ $cur == -* ]]; then
                        COMPREPLY=($(compgen -W 'OPTIONS' -- "$cur"))
                        return
                    fi
                    words=
                    for ((i = 1; i < COMP_CWORD; i++)); do
                        word=${COMP_WORDS[i]}
                        case $word in
                        VALUED) ((i++)) ;;
                        -*) ;;
                        *) words=${words:+$words }$word ;;
                        esac
                    done
                    case $words in
                NEXT    esac
                }
                complete -F FUNCTION NAME
                """.replace("FUNCTION", function(program)).replace("NAME", program.name())
                .replace("OPTIONS", names(program.options(), " ")).replace("VALUED", valued(program))
                .replace("VALUES", program.options().stream().map(Completions::bashOption)
                        .collect(Collectors.joining()))
                .replace("NEXT", program.next().entrySet().stream()
                        .map(entry -> bashCase("'" + entry.getKey() + "'", entry.getValue()))
                        .collect(Collectors.joining()));
    }

    private static String bashOption(Option option) {
        return bashCase(option.name(), option.value());
    }

    private static String bashCase(String pattern, Value value) {
        return switch (value) {
            case Value.None _ -> "";
            case Value.Any _ -> "    " + pattern + ") return ;;\n";
            case Value.File _ -> "    " + pattern
                    + ") compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n";
            case Value.Choice(List<String> words) -> "    " + pattern + ") COMPREPLY=($(compgen -W '"
                    + String.join(" ", words) + "' -- \"$cur\")); return ;;\n";
        };
    }

    /** Returns the function that zsh autoloads for the program. */
    static String zsh(ShellWords program) {
        return """
                #compdef NAME
                # zsh completion of NAME(8); made by the build from the program's own options
                local cur=$words[CURRENT] prev=$words[CURRENT-1] written= i
                case $prev in
                VALUESesac
                if [[ $cur == -* ]]; then
                    compadd -- OPTIONS
                    return
                fi
                for ((i = 2; i < CURRENT; i++)); do
                    case $words[i] in
                    VALUED) ((i++)) ;;
                    -*) ;;
                    *) written=${written:+$written }$words[i] ;;
                    esac
                done
                case $written in
                NEXTesac
                """.replace("NAME", program.name()).replace("OPTIONS", names(program.options(), " "))
                .replace("VALUED", valued(program))
                .replace("VALUES", program.options().stream().map(option -> zshCase(option.name(), option.value()))
                        .collect(Collectors.joining()))
                .replace("NEXT", program.next().entrySet().stream()
                        .map(Completions::zshNext).collect(Collectors.joining()));
    }

    private static String zshNext(Map.Entry<String, Value> entry) {
        return zshCase("'" + entry.getKey() + "'", entry.getValue());
    }

    private static String zshCase(String pattern, Value value) {
        return switch (value) {
            case Value.None _ -> "";
            case Value.Any _ -> pattern + ") return ;;\n";
            case Value.File _ -> pattern + ") _files; return ;;\n";
            case Value.Choice(List<String> words) -> pattern + ") compadd -- " + String.join(" ", words)
                    + "; return ;;\n";
        };
    }

    private static String function(ShellWords program) {
        return "_" + program.name().replace('-', '_');
    }

    private static String names(List<Option> options, String between) {
        return options.stream().map(Option::name).collect(Collectors.joining(between));
    }

    /** Returns the pattern of the options after which a value comes. */
    private static String valued(ShellWords program) {
        return names(program.options().stream().filter(option -> !(option.value() instanceof Value.None)).toList(),
                " | ");
    }
}
