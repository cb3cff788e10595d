from proli.cli.main import main

main()
