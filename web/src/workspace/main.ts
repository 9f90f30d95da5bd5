import './workspace.css';
import { applyTheme } from '../shared/theme.js';
import './app.js';

applyTheme();
