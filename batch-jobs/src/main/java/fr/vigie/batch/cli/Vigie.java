package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one entry point (contrat.md). */
@Command(name = "vigie", description = "Vigie, la vigie des parcours", sortOptions = false)
public final class Vigie implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    private final CommandLine line;

    private Vigie() {
        line = new CommandLine(this);
    }

    public static void main(String[] arguments) {
        // What is printed must not change with the language of the machine: some write other digits, or another capital
        // i.
        Locale.setDefault(Locale.ENGLISH);
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        int code = execute(arguments);
        System.out.flush();
        System.exit(code);
    }

    /** Runs one command in this process; gives its exit code. */
    static int execute(String... arguments) {
        return new Vigie().run(commandFirst(arguments));
    }

    /** {@code vigie --home DIR status} means {@code vigie status --home DIR}: an option given first must not be ignored. */
    private static String[] commandFirst(String... arguments) {
        int first = 0;
        while (first < arguments.length && arguments[first].startsWith("-")) {
            first += arguments[first].equals("--home") || arguments[first].equals("--database") ? 2 : 1;
        }
        if (first >= arguments.length) {
            return Arrays.asList(arguments).contains("--help") ? new String[] {"--help"} : arguments;
        }
        List<String> ordered = new ArrayList<>(List.of(arguments).subList(first, first + 1));
        ordered.addAll(List.of(arguments).subList(0, first));
        ordered.addAll(List.of(arguments).subList(first + 1, arguments.length));
        return ordered.toArray(String[]::new);
    }

    private int run(String[] arguments) {
        line.addSubcommand(new DemoCommand())
                .addSubcommand(new LoadCommand())
                .addSubcommand(new RefreshCommand())
                .addSubcommand(new RunCommand())
                .addSubcommand(new WithdrawCommand())
                .addSubcommand(new MappingCommand())
                .addSubcommand(new ValuesCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new IndicatorsCommand())
                .addSubcommand(new RejectsCommand())
                .addSubcommand(new StatusCommand())
                .addSubcommand(new SourceCommand())
                .addSubcommand(new SupersetCommand())
                .addSubcommand(new DoctorCommand())
                .addSubcommand(new StopCommand());
        line.setParameterExceptionHandler((problem, given) -> usage(problem));
        boolean debug = Arrays.asList(arguments).contains("--debug");
        line.setExecutionExceptionHandler((problem, command, parsed) -> failed(problem, debug));
        line.setExecutionStrategy(Vigie::checkThenRun);
        line.setUsageHelpAutoWidth(false);
        line.getSubcommands().values().forEach(command -> {
            frenchHelp(command);
            command.getSubcommands().values().forEach(Vigie::frenchHelp);
        });
        frenchHelp(line);
        if (arguments.length == 0
                || arguments.length == 1 && (arguments[0].equals("--help") || arguments[0].equals("-h"))) {
            help();
            return 0;
        }
        return line.execute(arguments);
    }

    /** What can be said of the options without opening anything is said first. */
    private static int checkThenRun(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine command = last.commandSpec().commandLine();
        if (!last.isUsageHelpRequested()) {
            try {
                if (last.matchedOptionValue("--format", Output.Format.table) == Output.Format.xlsx
                        && !command.getCommandName().equals("values")) {
                    throw Failure.usage(
                            "--format xlsx n’existe que pour «\u00a0values\u00a0»\u202f: écrivez table, csv ou json.");
                }
                if (command.getMixins().get("common") instanceof CommonOptions common) {
                    common.check();
                    // What looks at the state of things looks before it mends.
                    if (!(command.getCommand() instanceof DoctorCommand)) {
                        common.closeHome();
                    }
                }
            } catch (Failure problem) {
                throw new ExecutionException(command, problem.sentence(), problem);
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    @Override
    public Integer call() {
        throw Failure.usage("Aucune commande donnée. «\u00a0vigie --help\u00a0» les liste.");
    }

    private void help() {
        System.out.println("vigie COMMANDE [options]\n\nCommandes (chacune a son --help)\u202f:");
        line.getSubcommands()
                .forEach((name, command) -> System.out.printf(
                        "  %-11s %s%n",
                        name,
                        String.join(" ", command.getCommandSpec().usageMessage().description())));
        System.out.println("\nOptions communes\u202f: --home DOSSIER, --database URL, --debug, --help");
        System.out.println("Codes de fin\u202f: 0 fait, 1 échec, 2 usage, 3 fichier refusé");
    }

    private static void frenchHelp(CommandLine command) {
        command.getCommandSpec().usageMessage().synopsisHeading("Usage\u00a0: ");
        command.getCommandSpec().usageMessage().width(120);
        command.setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static int usage(ParameterException problem) {
        String sentence;
        if (problem instanceof OverwrittenOptionException twice
                && twice.getOverwritten() instanceof CommandLine.Model.OptionSpec option) {
            sentence = option.longestName() + " est donné deux fois\u202f: ne gardez que l’un des deux.";
        } else if (problem instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().isEmpty()
                    ? ""
                    : unmatched.getUnmatched().get(0);
            boolean isCommand = problem.getCommandLine().getParent() == null && !word.startsWith("-");
            sentence = (isCommand ? "Commande inconnue\u202f: «\u00a0" : "Option ou argument inconnu\u202f: «\u00a0")
                    + word + "\u00a0».";
        } else if (problem instanceof MissingParameterException missing) {
            sentence = "Il manque\u202f: "
                    + missing.getMissing().stream()
                            .map(one -> one.isOption()
                                    ? ((CommandLine.Model.OptionSpec) one).longestName() + " " + one.paramLabel()
                                    : one.paramLabel())
                            .collect(Collectors.joining(", "))
                    + ".";
        } else if (problem.getArgSpec() != null) {
            CommandLine.Model.ArgSpec argument = problem.getArgSpec();
            sentence = "Valeur incorrecte pour "
                    + (argument.isOption()
                            ? ((CommandLine.Model.OptionSpec) argument).longestName()
                            : argument.paramLabel())
                    + (problem.getValue() == null ? "" : "\u202f: «\u00a0" + problem.getValue() + "\u00a0»")
                    + " (attendu\u00a0: " + argument.paramLabel()
                    + ").";
        } else {
            sentence = "Ligne de commande incorrecte.";
        }
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        System.err.println(sentence + " «\u00a0" + command + " --help\u00a0» dit comment l’écrire.");
        return 2;
    }

    private static int failed(Exception problem, boolean debug) {
        if (debug) {
            problem.printStackTrace();
        }
        if (problem instanceof Failure failure) {
            System.err.println(failure.sentence());
            return failure.exitCode();
        }
        String message = String.valueOf(problem.getMessage());
        if (message.contains("No space left")) {
            System.err.println(
                    "Le disque est plein\u202f: rien n’est publié, rien n’est perdu. Libérez de la place et relancez"
                            + " la même commande.");
        } else {
            System.err.println("La commande a échoué\u202f: erreur inattendue ("
                    + problem.getClass().getSimpleName()
                    + "). Relancez avec --debug et joignez ce qui s’affiche à votre signalement.");
        }
        return 1;
    }
}
